import type { Client } from '@promosmith/client';
import type { WalletTransaction } from '@promosmith/contract';

type Split = WalletTransaction['split'];

/** Money of a player, with the bonuses it is partly of. Minor units. */
export interface Money extends Split {
  grants: readonly BonusProgress[];
}

/** How far the turnover of a bonus is. Minor units. */
export interface BonusProgress {
  grantId: string;
  balance: number;
  wagered: number;
  wageringRequired: number;
}

/** What the wallet made of a round. Minor units. */
export interface Played {
  /** Which money paid the stake. */
  staked: Split;
  /** Which money the win went to. */
  won: Split;
  balance: Split;
  /** Of the bonus that the stake counted for; undefined when there was none. */
  bonus?: {
    /** What of the stake counted: with a share of 10 %, a tenth. */
    counted: number;
    status: string;
    wagered: number;
    required: number;
    /** What became real money when the bonus was complete. */
    converted: number;
  };
}

const LATEST_BETS = 4;

/** What a round counted for the oldest bonus that was active before it, whatever became of that bonus. */
export async function whatItCounted(
  promosmith: Client,
  roundId: string,
  before: Money,
  after: Money,
): Promise<Pick<Played, 'bonus'>> {
  const oldest = before.grants[0] ?? after.grants[0];
  if (!oldest) return {};
  const params = { grantId: oldest.grantId };
  const [grant, bets] = await Promise.all([
    promosmith.getGrant({ params }),
    promosmith.listGrantBets({ params, query: { limit: LATEST_BETS } }),
  ]);
  const counted = bets.items
    .filter((bet) => bet.roundId === roundId)
    .reduce((sum, bet) => sum + bet.counted, 0);
  const { status, wagered, wageringRequired: required, converted } = grant;
  return { bonus: { counted, status, wagered, required, converted } };
}
