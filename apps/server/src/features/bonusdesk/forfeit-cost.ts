import type { ForfeitCost, Reward } from '@promosmith/contract';
import { ok, type Result } from '@promosmith/core';
import { WAGER_UNIT } from '@promosmith/core/money';
import type { Database } from '../../platform/db.ts';
import type { Caller } from '../../platform/http/context.ts';
import type { Bonuses } from '../bonuses/index.ts';
import { sumClaimable } from '../cashback/index.ts';
import { findUnplayed } from '../freespins/index.ts';
import { loadFunds } from '../funds/index.ts';
import { countUnused } from '../tournaments/index.ts';
import { type Found, findGrant, grantNotFound, notActive } from './grant.ts';

const UNDER_WAY: ReadonlySet<Found['status']> = new Set(['pending', 'delivery_failed', 'active']);

/** What giving a bonus up would cost its player now. */
export async function forfeitCost(
  db: Database,
  { views }: Pick<Bonuses, 'views'>,
  grantId: string,
  { brandId, playerExternalId }: Caller,
): Promise<Result<ForfeitCost>> {
  const found = await findGrant(db, brandId, grantId, playerExternalId);
  if (!found) return grantNotFound;
  if (!UNDER_WAY.has(found.status)) return notActive(found.status);
  const view = await views.find(brandId, grantId, playerExternalId);
  if (!view.ok) return view;
  const { playerId, currency, amount, balance, wagered, isOutside } = found;
  const [funds] = isOutside ? [] : await loadFunds(db, [{ playerId, currency }]);
  return ok({
    grantId,
    currency,
    balanceLost: balance,
    winningsLost: Math.max(0, balance - amount),
    turnoverLost: Math.floor(wagered / WAGER_UNIT),
    ...NOTHING_ELSE,
    ...(await lostBesideMoney(db, found, view.value.reward)),
    realKept: funds?.real ?? null,
  });
}

type BesideMoney = Pick<ForfeitCost, 'spinsLost' | 'ticketsLost' | 'cashbackLost'>;

const NOTHING_ELSE: BesideMoney = { spinsLost: 0, ticketsLost: 0, cashbackLost: 0 };

/** Of a bonus that has not begun, all that its reward promises. */
async function lostBesideMoney(db: Database, found: Found, reward: Reward): Promise<Partial<BesideMoney>> {
  const hasBegun = found.status === 'active';
  // Winnings and cashback paid as a bonus have the reward they came of, and are money.
  if (found.kind !== reward.kind) return {};
  switch (reward.kind) {
    case 'free_spins':
      return { spinsLost: (hasBegun ? await findUnplayed(db, found) : undefined) ?? reward.count };
    case 'tournament_entry':
      return { ticketsLost: hasBegun ? await countUnused(db, found) : reward.seats };
    case 'cashback':
      return { cashbackLost: await sumClaimable(db, found) };
    default:
      return {};
  }
}
