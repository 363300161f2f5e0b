import { ACCOUNTS } from '../ledger/index.ts';
import { type Minor, requireMinor, scaleDown } from '../money/index.ts';
import { addReal, type Draft, indexOf, move, own } from './draft.ts';
import type { Funding, FundingPart } from './types.ts';

/**
 * Pays a win to what staked it: pro rata, rounded down, and what rounding leaves goes to the oldest of the bonuses.
 * Won with nothing staked, it is real money.
 */
export function payWin(draft: Draft, win: Minor, staked: Funding): Funding {
  if (win === 0) return { real: 0, parts: [] };
  if (staked.parts.length === 0) {
    addReal(draft, win);
    return { real: win, parts: [] };
  }
  const stake = staked.parts.reduce((sum, { amount }) => requireMinor(sum + amount), staked.real);
  const ofReal = scaleDown(win, staked.real, stake);
  // Stakes of one round may have taken from a younger bonus first.
  const inOrder = staked.parts.toSorted((a, b) => indexOf(draft, a.grantId) - indexOf(draft, b.grantId));
  const [oldest, ...younger] = inOrder.map(({ grantId, amount }) => ({
    grantId,
    amount: scaleDown(win, amount, stake),
  }));
  const ofOldest = younger.reduce((left, { amount }) => left - amount, win - ofReal);
  const shares = [{ grantId: oldest!.grantId, amount: ofOldest }, ...younger];
  return payShares(draft, ofReal, shares);
}

/** What a win came to. The share of a bonus that completed meanwhile is the player's own; that of one which ended otherwise is breakage. */
function payShares(draft: Draft, ofReal: Minor, shares: readonly FundingPart[]): Funding {
  let real = ofReal;
  const parts = shares.filter(({ grantId, amount }) => {
    const index = indexOf(draft, grantId);
    const { state } = draft.grants[index]!;
    if (state === 'completed') {
      real += amount;
      return false;
    }
    if (state === 'active') {
      const grant = own(draft, index);
      grant.balance = requireMinor(grant.balance + amount);
    } else if (amount > 0) {
      move(draft, 'breakage', ACCOUNTS.playerBonus(grantId), ACCOUNTS.breakage, amount, grantId);
      draft.notices.push({ kind: 'won_after_end', grantId, amount });
    }
    return amount > 0;
  });
  addReal(draft, real);
  return { real, parts };
}
