import { ACCOUNTS } from '../ledger/index.ts';
import { requireNonNegative } from '../money/minor.ts';
import {
  cancelWithdrawal,
  correct,
  payWithdrawal,
  receive,
  requestWithdrawal,
  reverseDeposit,
} from './cashier.ts';
import { type Draft, draftOf, indexOf } from './draft.ts';
import { passTime } from './due.ts';
import { endGrant, extend, reinstate } from './lifecycle.ts';
import { placeStake, settleBet, settleWin } from './play.ts';
import type { BetSplit, Folded, Funds, FundsEvent, GrantFunds, Rounds } from './types.ts';

export const NO_FUNDS: Funds = { real: 0, grants: [], rounds: [], withdrawals: [] };

/**
 * What an event does to a player's money. Events must come in the order of `compareEvents`. What time alone did before
 * the event comes first, each at its own instant: bonuses that expired by then are no part of it.
 *
 * @param rounds of `roundsAsked`, when a win may come without its stake: stakes folded here are added to it
 * @throws RangeError when an amount is no whole number of minor units, or would leave the safe integers.
 * @throws Error when an event names a bonus that is not among the funds.
 */
export function fold(funds: Funds, event: FundsEvent, rounds?: Rounds): Folded {
  const draft = draftOf(event.kind === 'grant_started' ? withGrant(funds, event.grant) : funds);
  passTime(draft, event.at);
  const bet = apply(draft, event, rounds);
  const { real, grants, rounds: open, withdrawals, lines, notices } = draft;
  return { funds: { real, grants, rounds: open, withdrawals }, lines, bet, notices };
}

/** `fold` over events in order; `each` is told what every one came to. Returns the last state. */
export function foldAll(
  funds: Funds,
  events: readonly FundsEvent[],
  rounds?: Rounds,
  each?: (event: FundsEvent, folded: Folded) => void,
): Funds {
  let state = funds;
  for (const event of events) {
    const folded = fold(state, event, rounds);
    each?.(event, folded);
    state = folded.funds;
  }
  return state;
}

/** Bonuses stand in the order they count: the oldest first, those of one instant by their ids. One known is kept. */
function withGrant(funds: Funds, grant: GrantFunds): Funds {
  const { grants } = funds;
  for (const amount of [grant.amount, grant.balance, grant.wagered, grant.required])
    requireNonNegative(amount);
  if (grants.some(({ grantId }) => grantId === grant.grantId)) return funds;
  const later = grants.findIndex((other) => isLater(other, grant));
  return { ...funds, grants: later < 0 ? [...grants, grant] : grants.toSpliced(later, 0, grant) };
}

const isLater = (a: GrantFunds, b: GrantFunds): boolean =>
  a.startedAt === b.startedAt ? a.grantId > b.grantId : a.startedAt > b.startedAt;

function apply(draft: Draft, event: FundsEvent, rounds: Rounds | undefined): BetSplit | null {
  switch (event.kind) {
    case 'bet':
      return settleBet(draft, event, rounds);
    case 'stake':
      return placeStake(draft, event, rounds);
    case 'win':
      return settleWin(draft, event, rounds);
    default:
      change(draft, event);
      // A bonus may have been given an end that is over.
      passTime(draft, event.at);
      return null;
  }
}

type Change = Exclude<FundsEvent, { kind: 'bet' | 'stake' | 'win' }>;

function change(draft: Draft, event: Change): void {
  const { at } = event;
  switch (event.kind) {
    case 'deposit':
      receive(draft, 'deposit', ACCOUNTS.cash, event.amount);
      break;
    case 'deposit_reversed':
      reverseDeposit(draft, event.depositId, event.amount, at);
      break;
    case 'withdrawal_requested':
      requestWithdrawal(draft, event.withdrawalId, event.amount, at);
      break;
    case 'withdrawal_paid':
      payWithdrawal(draft, event.withdrawalId, event.amount, at);
      break;
    case 'withdrawal_cancelled':
      cancelWithdrawal(draft, event.withdrawalId, at);
      break;
    case 'cash':
      receive(draft, 'cash_paid', ACCOUNTS.bonusExpense, event.amount, event.grantId);
      break;
    case 'correction':
      correct(draft, event.amount);
      break;
    case 'grant_ended':
      endGrant(draft, event.grantId, event.as, at);
      break;
    case 'grant_extended':
      extend(draft, event.grantId, event.expiresAt);
      break;
    case 'grant_reinstated':
      reinstate(draft, indexOf(draft, event.grantId), at);
      break;
    case 'grant_started':
    case 'time':
      break;
  }
}
