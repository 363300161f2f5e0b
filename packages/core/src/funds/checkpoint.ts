import type { Funds, FundsTerms, GrantFunds } from './types.ts';

/** Funds as JSON: terms are left out, as a bonus keeps those it was issued under. */
export interface Checkpoint extends Omit<Funds, 'grants'> {
  readonly grants: readonly Omit<GrantFunds, 'terms'>[];
}

/** Whether a bonus can't come back: whatever happens later, it stays as it is. */
export const endedForGood = ({ state }: Pick<GrantFunds, 'state'>): boolean =>
  state !== 'active' && state !== 'lost' && state !== 'forfeited';

/** The funds to fold on from later: without the bonuses that ended for good, but for those with money in play. */
export function toCheckpoint(funds: Funds): Checkpoint {
  const inPlay = new Set(funds.rounds.flatMap(({ parts }) => parts.map(({ grantId }) => grantId)));
  const kept = funds.grants.filter((grant) => !endedForGood(grant) || inPlay.has(grant.grantId));
  return { ...funds, grants: kept.map(({ terms: _, ...grant }) => grant) };
}

export const fromCheckpoint = (checkpoint: Checkpoint, termsOf: (grantId: string) => FundsTerms): Funds => ({
  ...checkpoint,
  grants: checkpoint.grants.map((grant) => ({ ...grant, terms: termsOf(grant.grantId) })),
});
