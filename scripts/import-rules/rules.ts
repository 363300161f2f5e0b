import type { Source, Target } from './sources.ts';

/** The order in which features may build on each other: each may import those before it. */
export const featureOrder = [
  ...[
    'brands',
    'staff',
    'approvals',
    'players',
    'events',
    'properties',
    'ledger',
    'campaigns',
    'codes',
    'bonuses',
    'funds',
    'wallet',
    'engines',
    'freespins',
    'tournaments',
    'specials',
    'cashback',
    'cases',
    'risk',
    'activations',
    'bonusdesk',
    'casedesk',
    'codewatch',
  ],
  ...['labels', 'content', 'channels', 'journeys'],
  ...[
    'webhooks',
    'analytics',
    'cohorts',
    'experiments',
    'reports',
    'simulations',
    'audit',
    'search',
    'attention',
    'system',
  ],
];

/** Which workspaces a workspace may import. The server and the apps beside it are at the end of the line. */
const workspaceImports: Record<string, readonly string[]> = {
  'packages/core': [],
  'packages/contract': ['@promosmith/core'],
  'packages/client': ['@promosmith/contract'],
  // It integrates as anybody's platform does. Of the contract it needs the types that the client speaks in.
  'apps/casino': ['@promosmith/client', '@promosmith/contract'],
  'apps/widget': ['@promosmith/contract'],
  // Of the client and the contract it has the types; what core knows of money and rules it asks there.
  'apps/console': ['@promosmith/client', '@promosmith/contract', '@promosmith/core'],
};

/** The layers of the console: each may import those before it. */
const consoleLayers = ['texts', 'api', 'session', 'kit', 'routing', 'features', 'app'];

export interface Violation {
  path: string;
  line: number;
  message: string;
}

/** Checks one import (or the file as a whole) and says what is wrong, in the words of the architecture. */
type Rule = (from: string, target: Target, typesOnly: boolean) => string | undefined;

const rules: Rule[] = [
  function workspacesGoOneWay(from, target) {
    const allowed = workspaceImports[workspaceOf(from)];
    if (!allowed || target.kind !== 'workspace' || allowed.includes(target.name)) return undefined;
    return `${workspaceOf(from)} may import ${allowed.join(', ') || 'no other package of ours'}, not ${target.name}`;
  },

  function coreIsPure(from, target) {
    if (workspaceOf(from) !== 'packages/core' || target.kind !== 'builtin') return undefined;
    return `core runs in the browser too and does no I/O, so it may not import ${target.name}`;
  },

  function widgetIsAllItsOwn(from, target, typesOnly) {
    if (!from.startsWith('apps/widget/src/') || target.kind === 'file' || typesOnly) return undefined;
    return `the widget is small and has no code of others, so it may import types only from ${target.name}`;
  },

  function consoleGoesOneWay(from, target) {
    if (target.kind !== 'file') return undefined;
    const [layer, other] = [consoleLayerOf(from), consoleLayerOf(target.path)];
    if (!layer || !other || layer === other) return undefined;
    if (consoleLayers.indexOf(other) < consoleLayers.indexOf(layer)) return undefined;
    return `in the console ${layer} comes before ${other}, so it may not import it`;
  },

  function roomsOfTheConsoleAreApart(from, target) {
    const [room, other] = [roomOf(from), roomOf(target.kind === 'file' ? target.path : '')];
    if (!room || !other || room === other) return undefined;
    return `a room of the console knows no other: what ${room} and ${other} both need belongs in its kit`;
  },

  function casinoTakesTypesOfTheContract(from, target, typesOnly) {
    if (workspaceOf(from) !== 'apps/casino' || typesOnly) return undefined;
    if (target.kind !== 'workspace' || target.name !== '@promosmith/contract') return undefined;
    return 'the casino has what a platform has: the client, and of the contract its types only';
  },

  function workspacesMeetByName(from, target) {
    if (target.kind !== 'file' || workspaceOf(from) === workspaceOf(target.path)) return undefined;
    return `${target.path} is in another workspace: import it by the workspace's name`;
  },

  function platformKnowsNoFeature(from, target) {
    if (target.kind !== 'file' || !from.startsWith(platform) || !target.path.startsWith(server))
      return undefined;
    if (target.path.startsWith(platform)) return undefined;
    return `platform is below the features and the app, so it may not import ${target.path}`;
  },

  function featuresGoOneWay(from, target) {
    const [own, other] = [featureOf(from), featureOf(target)];
    if (!own || target.kind !== 'file') return undefined;
    if (!other)
      return target.path.startsWith(platform)
        ? undefined
        : `a feature may not import ${target.path}: the app builds features`;
    if (own === other) return undefined;
    if (!featureOrder.includes(own)) return `feature ${own} has no place in the order of features`;
    if (featureOrder.indexOf(other) < featureOrder.indexOf(own)) return undefined;
    return `feature ${own} comes before ${other} in the order of features, so it may not import it`;
  },

  function featuresMeetAtTheirFace(from, target) {
    const other = featureOf(target);
    if (!other || target.kind !== 'file' || featureOf(from) === other) return undefined;
    return target.path === `${features}${other}/index.ts`
      ? undefined
      : `import feature ${other} through its index.ts only`;
  },

  function layersGoOneWay(from, target) {
    if (target.kind !== 'file' || !featureOf(from) || featureOf(from) !== featureOf(target)) return undefined;
    const [layer, other] = [layerOf(from), layerOf(target.path)];
    const forbidden = layersAbove[layer]?.includes(other);
    return forbidden ? `${layer} may not import ${other}: routes → service → store` : undefined;
  },
];

/** In a feature: what a layer may not import. Files of other names are free, but for the circles they would make. */
const layersAbove: Record<string, readonly string[]> = {
  index: [],
  routes: ['index', 'store'],
  service: ['index', 'routes'],
  views: ['index', 'routes', 'service'],
  store: ['index', 'routes', 'service', 'views'],
};

const server = 'apps/server/src/';
const platform = `${server}platform/`;
const features = `${server}features/`;

const consoleSources = 'apps/console/src/';

/** Of the server, of the demo casino, and of the console while it is worked on. */
const readEnvironment = new Set([
  `${platform}config.ts`,
  'apps/casino/src/config.ts',
  'apps/console/vite.config.ts',
  // Tells the bundler that it is production.
  'apps/console/build/build.ts',
]);

const workspaceOf = (path: string) => path.split('/', 2).join('/');

function featureOf(at: string | Target): string | undefined {
  const path = typeof at === 'string' ? at : at.kind === 'file' ? at.path : '';
  return path.startsWith(features) ? path.slice(features.length).split('/')[0] : undefined;
}

function consoleLayerOf(path: string): string | undefined {
  const layer = path.startsWith(consoleSources) ? path.slice(consoleSources.length).split('/')[0] : undefined;
  return layer !== undefined && consoleLayers.includes(layer) ? layer : undefined;
}

const roomOf = (path: string): string | undefined =>
  path.startsWith(`${consoleSources}features/`) ? path.split('/')[4] : undefined;

function layerOf(path: string): string {
  const name = path.slice(features.length).split('/')[1]?.replace(/\.ts$/, '') ?? '';
  return name in layersAbove ? name : 'other';
}

/** Tests, and what only tests use, may reach for anything. */
const isTest = (path: string) => /\.test\.tsx?$|\/fixtures\/|\/testing(\/|\.ts$)/.test(path);

/** Everything in the sources that the architecture forbids. */
export function check(sources: readonly Source[]): Violation[] {
  const checked = sources.filter(({ path }) => !isTest(path));
  const violations = checked.flatMap(({ path, imports, environment }) => [
    ...imports.flatMap(({ target, line, typesOnly }) =>
      rules
        .flatMap((rule) => rule(path, target, typesOnly) ?? [])
        .map((message) => ({ path, line, message })),
    ),
    ...environment
      .filter(() => !readEnvironment.has(path))
      .map((line) => ({ path, line, message: 'only config.ts reads the environment' })),
  ]);
  return [...violations, ...cycles(checked)];
}

/** One violation for each cycle, at its first file. Types count: a cycle of types is as hard to read as one of values. */
function cycles(sources: readonly Source[]): Violation[] {
  const byPath = new Map(sources.map((source) => [source.path, source]));
  const finished = new Set<string>();
  const found: Violation[] = [];
  const walk = (source: Source, trail: readonly string[]) => {
    if (finished.has(source.path)) return;
    for (const { target, line } of source.imports) {
      const next = target.kind === 'file' ? byPath.get(target.path) : undefined;
      if (!next) continue;
      const loop = [...trail, source.path];
      const start = loop.indexOf(next.path);
      if (start < 0) walk(next, loop);
      else
        found.push({
          path: source.path,
          line,
          message: `imports in a circle: ${[...loop.slice(start), next.path].join(' → ')}`,
        });
    }
    finished.add(source.path);
  };
  for (const source of sources) walk(source, []);
  return found;
}
