import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseSync } from 'vite';

const ROOT = join(import.meta.dirname, '../../../../..');

/** Core says little but what is wrong with something: there every text is a sentence. */
const CORE =
  'packages/core/src/{rules/compiler,rules/runtime,journey,content/{lint,writers,template,document,ready-made},policy,labels,money,codes,lifecycle}/**/*.ts';
const REFUSALS = 'packages/core/src/activation/refusal-keys.ts';
/** Elsewhere a text is a sentence by where it stands. */
const SERVER = 'apps/server/src/{platform,features}/**/*.ts';
const CONTRACT = 'packages/contract/src/*.ts';

/** What only programs hear: platforms, providers, engines and the browsers of players. No page calls these routes. */
const FOR_PROGRAMS = [
  /^apps\/server\/src\/features\/(wallet|events|ledger\/bets|search|analytics\/counting)\b/,
  /^apps\/server\/src\/features\/freespins\/(callbacks|due|routes|shapes)/,
  /^apps\/server\/src\/features\/(engines\/reports|funds\/(asked|deposit-pairs)|cashback\/(routes|settle))/,
  /^apps\/server\/src\/features\/(staff\/player-tokens|bonuses\/routes|tournaments\/routes)/,
  /^apps\/server\/src\/features\/channels\/(browser|gateway-receipts|unsubscribe|messages)/,
  /^apps\/server\/src\/features\/activations\/(?!views|reversals|answers|routes|service)/,
  /^apps\/server\/src\/platform\/(http\/(widget|system|json-body|reference-page)|embedded-postgres|jobs\/runner|processes)/,
  /^packages\/contract\/src\/(inbox|platform-events|player-events|wallet|event-feed|engines)\.ts$/,
  /^apps\/server\/src\/platform\/(config|db|arrays)\.ts$|\/platform\/http\/headers\.ts$/,
  /\.test\.ts$|\/testing\b|\/openapi\/|\bstore\b|store\.ts$|\/iso4217\.ts$|\/segments\.ts$/,
];

const SAYING =
  /^(refuse\w*|notAllowed|unauthenticated|forbidden|invalid|bad|report|said|unusable|failed|finding|warning|error)$/;
const TOLD = /^([A-Z_]+|reason|fix|why|wrong|message|error)$/;
const SCHEMA = /^(regex|refine|date|datetime|startsWith|string|min|max|check)$/;
const SAYS = new Set(['message', 'reason', 'fix', 'hint', 'error', 'description']);

interface Node {
  readonly type: string;
  readonly [part: string]: unknown;
}

/** What the server and core can say to people, as it stands in their sources; each with the file that says it. */
export interface Said {
  /** Sentences, with `{0}`, `{1}` … where values stand. */
  readonly sentences: ReadonlyMap<string, string>;
  /** Of refusals. */
  readonly keys: ReadonlyMap<string, string>;
}

export function readSources(): Said {
  const sentences = new Map<string, string>();
  const keys = new Map<string, string>();
  for (const file of globSync([CORE, REFUSALS, SERVER, CONTRACT], { cwd: ROOT }).sort()) {
    if (FOR_PROGRAMS.some((pattern) => pattern.test(file))) continue;
    const program = parseSync(file, readFileSync(join(ROOT, file), 'utf8')).program as unknown as Node;
    const take = (text: string): void => {
      if (isSentence(text)) sentences.set(text, file);
    };
    const places = PLACES.find(({ files }) => files.test(file))?.places;
    if (places) saidTexts(program, places, take);
    else everyText(program, take);
    for (const key of keysIn(program)) keys.set(key, file);
  }
  return { sentences, keys };
}

const isSentence = (text: string): boolean =>
  (/\p{L}{2,} |\p{L} \p{L}| \p{L}{2,}/u.test(text.replace(/\{\d+\}/g, '')) || ONE_WORD.test(text)) &&
  !SQL.test(text);

const ONE_WORD = /^[\p{Lu}“"][\p{L}“”"{}\d ]+\.$/u;
const SQL =
  /\binterval '|\(player_id|like '|, currency|\n|= \{| as "|\w::\w|\b(select|coalesce|greatest\(|create temporary|set work_mem|fetch \{|case when|is null|status in|not in \()\b|[<>]=? \{/;

type Take = (text: string) => void;

function everyText(node: Node, take: Take): void {
  if (node.type === 'ThrowStatement' || node.type === 'ImportDeclaration' || node.type.startsWith('TS'))
    return;
  textOf(node, take);
  for (const child of childrenOf(node)) everyText(child, take);
}

function saidTexts(node: Node, places: typeof placesIn, take: Take): void {
  if (node.type === 'ThrowStatement' || node.type === 'ImportDeclaration') return;
  for (const place of places(node)) leavesOf(place, take);
  for (const child of childrenOf(node)) saidTexts(child, places, take);
}

/** What a template is called, and what it has to be told; what it says itself is content. */
const titlesIn = (node: Node): readonly Node[] =>
  node.type === 'Property' && TITLES.has(nameOf(node.key as Node)) ? [node.value as Node] : [];
const TITLES = new Set(['name', 'description']);

/** What a schema says of a value that is not of it. */
const schemasIn = (node: Node): readonly Node[] =>
  node.type === 'CallExpression' && SCHEMA.test(nameOf(node.callee as Node))
    ? (node.arguments as Node[])
    : [];

/** The parts of a node in which a text is a sentence. */
function placesIn(node: Node): readonly Node[] {
  switch (node.type) {
    case 'CallExpression':
      return isCallOf(node, SAYING) ? (node.arguments as Node[]) : [];
    case 'Property':
      return SAYS.has(nameOf(node.key as Node)) ? [node.value as Node] : [];
    case 'VariableDeclarator':
      return TOLD.test(nameOf(node.id as Node)) && isProse(node.init as Node | null)
        ? [node.init as Node]
        : [];
    case 'ReturnStatement':
      return node.argument ? plain(node.argument as Node) : [];
    case 'ArrowFunctionExpression':
      return plain(node.body as Node);
    default:
      return [];
  }
}

/** Names of tasks and the like begin small. */
const isProse = (init: Node | null): boolean =>
  !!init && (init.type !== 'Literal' || /^\p{Lu}/u.test(String(init.value)));

const isCallOf = (node: Node, names: RegExp): boolean =>
  node.type === 'CallExpression' &&
  (node.callee as Node).type === 'Identifier' &&
  names.test(nameOf(node.callee as Node));

/** Keys of refusals that are made here: the first thing `refuse` is told, or what stands beside a message. */
function keysIn(node: Node): string[] {
  const fields = node.type === 'ObjectExpression' ? (node.properties as Node[]) : [];
  const field = (name: string) => fields.find(({ key }) => key && nameOf(key as Node) === name);
  const key = isCallOf(node, /^refuse$/)
    ? (node.arguments as Node[])[0]
    : field('message') && (field('key')?.value as Node | undefined);
  const own = key?.type === 'Literal' && typeof key.value === 'string' ? [key.value] : [];
  return [...own, ...childrenOf(node).flatMap(keysIn)];
}

/** Of an object that is answered, the fields are looked at one by one. */
const plain = (node: Node): readonly Node[] => (node.type === 'ObjectExpression' ? [] : [node]);

/** Texts that a value may be: either side of a choice, the fields of a table. */
function leavesOf(node: Node, take: Take): void {
  textOf(node, take);
  if (node.type === 'ConditionalExpression')
    for (const side of [node.consequent, node.alternate]) leavesOf(side as Node, take);
  if (node.type === 'LogicalExpression' || node.type === 'BinaryExpression')
    for (const side of [node.left, node.right]) leavesOf(side as Node, take);
  if (node.type === 'ObjectExpression')
    for (const field of node.properties as Node[]) if (field.value) leavesOf(field.value as Node, take);
}

function textOf(node: Node, take: Take): void {
  if (node.type === 'Literal' && typeof node.value === 'string') take(node.value);
  if (node.type === 'TemplateLiteral') {
    const parts = (node.quasis as { value: { cooked: string } }[]).map(({ value }) => value.cooked);
    take(parts.reduce((text, part, at) => `${text}{${at - 1}}${part}`));
  }
}

/** In what files not every text is a sentence, and where they stand there. */
const PLACES = [
  { files: /^packages\/core\/src\/content\/ready-made\//, places: titlesIn },
  { files: /^packages\/contract\//, places: schemasIn },
  { files: /^apps\/server\//, places: placesIn },
];

const nameOf = (node: Node): string =>
  String(node.name ?? (node.property as Node | undefined)?.name ?? node.value ?? '');

const childrenOf = (node: Node): Node[] =>
  Object.values(node)
    .flat()
    .filter((child): child is Node => typeof child === 'object' && child !== null && 'type' in child);
