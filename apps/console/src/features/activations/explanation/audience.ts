/** What the server tells of the conditions of an audience rule. */
export interface Need {
  readonly fact: string;
  readonly saw: unknown;
  readonly op: string;
  readonly value: unknown;
  /** Minor units of the player's currency. */
  readonly unit?: string;
}

export interface Condition {
  readonly source: string;
  readonly outcome: boolean | 'unknown';
  readonly wanted: boolean | 'either';
  readonly saw: Readonly<Record<string, unknown>>;
  readonly need: Need;
}

export type Way =
  | { readonly kind: 'step'; readonly need: Need }
  | { readonly kind: 'all' | 'any'; readonly ways: readonly Way[] };

const has = <Name extends string>(value: unknown, name: Name): value is Record<Name, unknown> =>
  typeof value === 'object' && value !== null && name in value;

const isNeed = (value: unknown): value is Need => has(value, 'fact') && has(value, 'op');

const isCondition = (value: unknown): value is Condition =>
  has(value, 'source') && has(value, 'saw') && has(value, 'need') && isNeed(value.need);

/** @returns the conditions of what an audience rule saw; none of an answer that has none. */
export const conditionsOf = (saw: unknown): readonly Condition[] =>
  has(saw, 'conditions') && Array.isArray(saw.conditions) ? saw.conditions.filter(isCondition) : [];

const isWay = (value: unknown): value is Way =>
  has(value, 'kind') &&
  (value.kind === 'step'
    ? has(value, 'need') && isNeed(value.need)
    : has(value, 'ways') && Array.isArray(value.ways) && value.ways.every(isWay));

export const wayOf = (needs: unknown): Way | undefined => (isWay(needs) ? needs : undefined);

/** Whether the condition came out as the rule wants it. */
export const isMet = ({ outcome, wanted }: Condition): boolean =>
  wanted === 'either' ? outcome !== 'unknown' : outcome === wanted;
