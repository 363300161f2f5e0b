import { compileTerms, type WageringTerms } from '../terms.ts';
import type { FundsEvent, StakeEvent, WithdrawalRequest } from '../types.ts';
import { type Random, seeded } from './random.ts';
import { START } from './story.ts';

/** What is done to a player: something happens, the wallet is asked for something, a round is taken back. */
export type Operation =
  | { readonly do: 'tell'; readonly event: FundsEvent }
  | { readonly do: 'ask'; readonly event: StakeEvent | WithdrawalRequest }
  | { readonly do: 'roll_back'; readonly roundId: string };

export interface Operations {
  readonly seed: number;
  readonly operations: readonly Operation[];
  readonly terms: ReadonlyMap<string, WageringTerms>;
}

const MINUTE = 60_000;
const DAY = 1440 * MINUTE;

function randomTerms(random: Random): WageringTerms {
  const categories: Record<string, number> = random.oneIn(3)
    ? {}
    : { slots: 10_000, table: random.pick([1_000, 333]), jackpot: 0 };
  return {
    contributions: { categories, games: random.oneIn(2) ? {} : { special: 5_000, excluded: 0 } },
    countStakes: random.pick(['all', 'all', 'bonus_funded']),
    fundsOrder: random.pick(['real_first', 'bonus_first']),
    stickiness: random.pick(['cashable', 'cashable', 'sticky']),
    onWithdrawal: random.pick(['forfeit', 'block', 'keep']),
    ...(random.oneIn(2) && {
      maxBet: {
        ...(random.oneIn(2) && { amounts: { EUR: 100 + random.below(2_000) } }),
        ...(random.oneIn(2) && { bonusShare: random.below(10_000) }),
        onBreach: random.pick(['reject', 'no_contribution', 'flag']),
      },
    }),
    ...(random.oneIn(2) && {
      maxConversion: {
        ...(random.oneIn(2) && { amounts: { EUR: random.below(20_000) } }),
        ...(random.oneIn(2) && { timesBonus: 100 + random.below(500) }),
      },
    }),
    ...(random.oneIn(2) && { dustThreshold: { EUR: random.below(300) } }),
  };
}

/**
 * The same operations for the same seed, every one later than the one before.
 *
 * @param scale what amounts are multiplied by: 1 makes them up to 30.00
 */
export function operationsOf(seed: number, count: number, scale = 1): Operations {
  const random = seeded(seed);
  const terms = new Map<string, WageringTerms>();
  const told = { grants: [] as string[], deposits: [] as string[], withdrawals: [] as string[] };
  const rounds: { readonly roundId: string; readonly at: number }[] = [];
  let at = START;

  const money = (): number =>
    Math.min(Number.MAX_SAFE_INTEGER, random.below(random.pick([5, 500, 3_000])) * scale);
  const someMoney = (): number => Math.max(1, money());

  function play(kind: 'bet' | 'stake', id: string) {
    const round = rounds.at(-1 - random.below(4));
    const goesOn = round?.roundId.startsWith(kind) && at - round.at < 6 * DAY && random.oneIn(2);
    const roundId = (goesOn && round?.roundId) || `${kind} ${id}`;
    if (!goesOn) rounds.push({ roundId, at });
    return {
      at,
      id,
      roundId,
      game: random.pick(['any', 'special', 'excluded']),
      category: random.pick(['slots', 'slots', 'table', 'jackpot', null]),
      stake: random.oneIn(8) ? 0 : money(),
    };
  }

  function grant(id: string): FundsEvent {
    const wagering = randomTerms(random);
    terms.set(id, wagering);
    told.grants.push(id);
    const amount = someMoney();
    const deposit = told.deposits.at(-1);
    return {
      kind: 'grant_started',
      at,
      id,
      grant: {
        grantId: id,
        state: 'active',
        amount,
        balance: amount,
        wagered: 0,
        required: random.oneIn(15)
          ? 0
          : Math.min(Number.MAX_SAFE_INTEGER, amount * 10_000 * (1 + random.below(6))),
        converted: 0,
        startedAt: at,
        expiresAt: random.oneIn(2) ? null : at + random.below(2 * DAY),
        depositId: random.oneIn(2) && deposit !== undefined ? deposit : null,
        terms: compileTerms(wagering, 'EUR'),
        remainder: 0,
        forfeitedBy: null,
      },
    };
  }

  function withdrawal(id: string): Operation {
    const withdrawalId = random.oneIn(2) ? told.withdrawals.at(-1) : undefined;
    if (withdrawalId === undefined || random.oneIn(4)) {
      told.withdrawals.push(id);
      const amount = someMoney();
      if (random.oneIn(5))
        return { do: 'tell', event: { kind: 'withdrawal_paid', at, id, withdrawalId: id, amount } };
      return {
        do: random.pick(['ask', 'tell']),
        event: { kind: 'withdrawal_requested', at, id, withdrawalId: id, amount },
      };
    }
    const event: FundsEvent = random.oneIn(2)
      ? { kind: 'withdrawal_cancelled', at, id, withdrawalId }
      : { kind: 'withdrawal_paid', at, id, withdrawalId, amount: someMoney() };
    return { do: 'tell', event };
  }

  function cash(id: string): FundsEvent {
    const depositId = told.deposits.at(-1);
    if (depositId !== undefined && random.oneIn(6))
      return { kind: 'deposit_reversed', at, id, depositId, amount: someMoney() };
    if (random.oneIn(5)) return { kind: 'cash', at, id, amount: money(), grantId: null };
    if (random.oneIn(5)) return { kind: 'correction', at, id, amount: money() - money() };
    told.deposits.push(id);
    return { kind: 'deposit', at, id, amount: someMoney() };
  }

  function fate(id: string): FundsEvent {
    const grantId = told.grants.at(-1 - random.below(3));
    if (grantId === undefined || random.oneIn(3)) return { kind: 'time', at, id };
    if (random.oneIn(3)) {
      const expiresAt = random.oneIn(3) ? null : at + random.below(DAY);
      return { kind: 'grant_extended', at, id, grantId, expiresAt };
    }
    if (random.oneIn(2)) return { kind: 'grant_reinstated', at, id, grantId };
    return {
      kind: 'grant_ended',
      at,
      id,
      grantId,
      as: random.pick(['cancelled', 'forfeited', 'auto_closed']),
    };
  }

  function win(id: string): FundsEvent {
    const round = rounds.at(-1 - random.below(5));
    const roundId = round?.roundId ?? 'of nobody';
    return { kind: 'win', at, id, roundId, win: random.oneIn(3) ? 0 : money(), endsRound: !random.oneIn(3) };
  }

  function operation(id: string): Operation {
    const chance = random.below(100);
    if (chance < 40)
      return { do: 'tell', event: { kind: 'bet', ...play('bet', id), win: random.oneIn(3) ? money() : 0 } };
    if (chance < 55)
      return { do: random.oneIn(4) ? 'tell' : 'ask', event: { kind: 'stake', ...play('stake', id) } };
    if (chance < 70) return { do: 'tell', event: win(id) };
    if (chance < 78) return { do: 'tell', event: cash(id) };
    if (chance < 85) return { do: 'tell', event: grant(id) };
    if (chance < 92) return withdrawal(id);
    if (chance < 99) return { do: 'tell', event: fate(id) };
    return { do: 'roll_back', roundId: rounds.at(-1 - random.below(10))?.roundId ?? 'of nobody' };
  }

  const operations = Array.from({ length: count }, (_, index) => {
    at += random.oneIn(50) ? random.below(2 * DAY) : 1 + random.below(10 * MINUTE);
    return operation(`${String(index).padStart(6, '0')}`);
  });
  return { seed, operations, terms };
}
