import type { CampaignDefinition } from '@promosmith/contract';

/** How a value of the terms is to be read and shown. */
export type Shape =
  | 'text'
  | 'long'
  | 'rule'
  | 'amounts'
  | 'percent'
  | 'times'
  | 'duration'
  | 'instant'
  | 'count'
  | 'flag'
  | 'word'
  | 'list'
  | 'indicators'
  | 'weekdays'
  | 'hours'
  | 'json';

/** One thing that terms say. */
export interface Leaf {
  /** Where it stands, e.g. `rewards.0.cap`: the same thing of two versions has the same path. */
  readonly path: string;
  /** What it is called in the texts: the path without its numbers and keys, e.g. `rewards.cap`. */
  readonly name: string;
  /** Of several that are called alike, which: a category of games, the scope of a limit. */
  readonly which?: string;
  readonly shape: Shape;
  readonly value: unknown;
}

/** By the last part of the name; what is not here is known by its type. */
const SHAPES: Readonly<Record<string, Shape>> = {
  ...{ matchBps: 'percent', rateBps: 'percent', bonusShare: 'percent', categories: 'percent' },
  ...{ cap: 'amounts', minDeposit: 'amounts', spinValue: 'amounts', winCap: 'amounts', amount: 'amounts' },
  ...{ minLoss: 'amounts', amounts: 'amounts', dustThreshold: 'amounts', budget: 'amounts' },
  ...{ multiplier: 'times', timesBonus: 'times' },
  ...{ startsAt: 'instant', endsAt: 'instant', rule: 'rule', significant: 'long', full: 'long' },
  ...{ weekdays: 'weekdays', hours: 'hours', payload: 'json', indicators: 'indicators' },
  ...{ kind: 'word', product: 'word', base: 'word', depositBase: 'word', countStakes: 'word' },
  ...{ fundsOrder: 'word', stickiness: 'word', onBreach: 'word', onWithdrawal: 'word' },
  ...{ winnings: 'word', period: 'word', basis: 'word', paidAs: 'word', payout: 'word' },
};

/** Games stand twice: as what spins are of, and with the share that bets on them count. */
const shapeOf = (name: string, value: unknown): Shape => {
  const last = name.slice(name.lastIndexOf('.') + 1);
  if (name.endsWith('contributions.games')) return 'percent';
  const known = SHAPES[last];
  if (known) return known;
  if (last.endsWith('Seconds')) return 'duration';
  if (typeof value === 'boolean') return 'flag';
  if (typeof value === 'number') return 'count';
  return Array.isArray(value) ? 'list' : 'text';
};

/** Maps whose keys are data: each entry is a thing of its own. */
const KEYED = new Set(['rewards.wagering.contributions.categories', 'rewards.wagering.contributions.games']);
const WHOLE: ReadonlySet<Shape> = new Set(['amounts', 'weekdays', 'hours', 'json', 'list', 'indicators']);

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function* walk(value: unknown, path: string, name: string): Generator<Leaf> {
  if (value === undefined || value === null) return;
  const shape = shapeOf(name, value);
  if (WHOLE.has(shape) || !isRecord(value)) {
    yield { path, name, shape, value };
    return;
  }
  for (const [key, part] of Object.entries(value))
    if (KEYED.has(name))
      yield { path: `${path}.${key}`, name, which: key, shape: shapeOf(name, part), value: part };
    else yield* walk(part, `${path}.${key}`, `${name}.${key}`);
}

/** Fields of the terms in the order people ask for them. */
const FIELDS = [
  ...['product', 'rewards', 'audience', 'traffic', 'limits', 'budget', 'exclusive', 'exclusiveGroup'],
  ...['risk', 'schedule', 'markets', 'terms'],
] as const;

/** Everything that terms say, in the order people ask for it. What is not set is not there. */
export function leavesOf(definition: CampaignDefinition): readonly Leaf[] {
  return FIELDS.flatMap((field): Leaf[] => {
    if (field === 'rewards')
      return definition.rewards.flatMap((reward, at) => [...walk(reward, `rewards.${at}`, 'rewards')]);
    if (field === 'limits')
      return definition.limits.map(({ scope, period, max }) => {
        const which = period ? `${scope}.${period}` : scope;
        return { path: `limits.${which}`, name: 'limits', which, shape: 'count', value: max };
      });
    return [...walk(definition[field], field, field)];
  });
}

/** What one version says and the other does not, or says otherwise. */
export interface Change extends Omit<Leaf, 'value'> {
  readonly before: unknown;
  readonly after: unknown;
}

/** What changes from one version to the next, field by field, in the order of the terms. */
export function changesBetween(before: CampaignDefinition, after: CampaignDefinition): readonly Change[] {
  const [old, fresh] = [leavesOf(before), leavesOf(after)];
  const earlier = new Map(old.map((leaf) => [leaf.path, leaf]));
  const later = new Map(fresh.map((leaf) => [leaf.path, leaf]));
  const gone = old.filter(({ path }) => !later.has(path));
  return [...fresh, ...gone]
    .map(
      ({ value: _, ...leaf }): Change => ({
        ...leaf,
        before: earlier.get(leaf.path)?.value,
        after: later.get(leaf.path)?.value,
      }),
    )
    .filter((change) => JSON.stringify(change.before) !== JSON.stringify(change.after))
    .sort((one, other) => orderOf(one.path) - orderOf(other.path));
}

const orderOf = (path: string): number => (FIELDS as readonly string[]).indexOf(path.split('.', 1)[0] ?? '');
