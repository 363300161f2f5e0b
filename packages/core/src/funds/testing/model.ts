import type { WageringTerms } from '../terms.ts';
import type { FundsEvent, GrantState, StakeEvent, WithdrawalRequest } from '../types.ts';

/** A bonus of the model, with its terms as a campaign says them. */
export interface ModelGrant {
  readonly id: string;
  readonly terms: WageringTerms;
  readonly amount: bigint;
  readonly required: bigint;
  readonly start: number;
  readonly deposit: string | null;
  end: number | null;
  state: GrantState;
  wagered: bigint;
  converted: bigint;
  held: bigint;
  takenBy: string | null;
}

type Purse = Map<string, bigint>;

const DAY = 86_400_000;
const REAL = 'player:real';
const account = (grant: ModelGrant): string => `player:bonus:${grant.id}`;
const least = (first: bigint, ...others: bigint[]): bigint => {
  let smallest = first;
  for (const other of others) if (other < smallest) smallest = other;
  return smallest;
};
const total = (purse: Purse): bigint => [...purse.values()].reduce((a, b) => a + b, 0n);

/**
 * A player's money as the rules say it, and nothing else in mind: one book of accounts in bigint, everything looked for
 * and sorted again whenever it is needed. What the fold is compared with.
 */
export function createModel(termsOf: (grantId: string) => WageringTerms, currency: string) {
  const books: Purse = new Map();
  const grants: ModelGrant[] = [];
  const staked = new Map<string, Purse>();
  const inPlay = new Map<string, number>();
  const requests = new Map<string, bigint>();

  const held = (name: string): bigint => books.get(name) ?? 0n;
  let largest = 0n;
  const transfer = (from: string, to: string, amount: bigint): void => {
    books.set(from, held(from) - amount);
    books.set(to, held(to) + amount);
    for (const name of [from, to])
      if (name.startsWith('player:') && held(name) > largest) largest = held(name);
  };
  const find = (id: string): ModelGrant => grants.find((grant) => grant.id === id)!;
  const underWay = (at: number): ModelGrant[] =>
    grants
      .filter((grant) => grant.state === 'active' && grant.start <= at)
      .sort((a, b) => a.start - b.start || (a.id < b.id ? -1 : 1));
  const isInPlay = (grant: ModelGrant): boolean =>
    [...inPlay.keys()].some((round) => staked.get(round)?.has(account(grant)));

  function convert(grant: ModelGrant): void {
    const { terms, amount } = grant;
    const all = held(account(grant));
    let most = all;
    if (terms.stickiness === 'sticky') most = most > amount ? most - amount : 0n;
    const cap = terms.maxConversion?.amounts?.[currency];
    if (cap !== undefined) most = least(most, BigInt(cap));
    const times = terms.maxConversion?.timesBonus;
    if (times !== undefined) most = least(most, (amount * BigInt(times)) / 100n);
    transfer(account(grant), REAL, most);
    transfer(account(grant), 'house:breakage', all - most);
    grant.converted = most;
    grant.state = 'completed';
  }

  function close(grant: ModelGrant, state: GrantState, to = 'house:breakage'): void {
    grant.held = held(account(grant));
    transfer(account(grant), to, grant.held);
    grant.state = state;
    grant.takenBy = null;
  }

  function afterBet(grant: ModelGrant, at: number): void {
    if (grant.state !== 'active' || grant.start > at || isInPlay(grant)) return;
    const dust = BigInt(grant.terms.dustThreshold?.[currency] ?? 0);
    if (grant.wagered === grant.required) convert(grant);
    else if (held(account(grant)) <= dust) close(grant, 'lost');
  }

  function endRound(round: string, at: number): void {
    if (!inPlay.delete(round)) return;
    for (const grant of grants) if (staked.get(round)?.has(account(grant))) afterBet(grant, at);
  }

  function passTime(now: number): void {
    for (;;) {
      const due = grants
        .filter(({ state }) => state === 'active')
        .flatMap((grant) => [
          { at: grant.end ?? Number.POSITIVE_INFINITY, rank: 0, run: () => close(grant, 'expired') },
          {
            at: grant.required === 0n ? grant.start : Number.POSITIVE_INFINITY,
            rank: 1,
            run: () => convert(grant),
          },
        ]);
      for (const [round, last] of inPlay)
        due.push({ at: last + 7 * DAY, rank: 2, run: () => endRound(round, last + 7 * DAY) });
      const [next] = due.filter(({ at }) => at <= now).sort((a, b) => a.at - b.at || a.rank - b.rank);
      if (!next) return;
      next.run();
    }
  }

  const limitOf = ({ terms: { maxBet }, amount }: ModelGrant): bigint | null => {
    const limits: bigint[] = [];
    if (maxBet?.amounts?.[currency] !== undefined) limits.push(BigInt(maxBet.amounts[currency]));
    if (maxBet?.bonusShare !== undefined) limits.push((amount * BigInt(maxBet.bonusShare)) / 10_000n);
    const [limit, ...others] = limits;
    return limit === undefined ? null : least(limit, ...others);
  };

  function shareOf({ contributions }: WageringTerms, game: string, category: string | null): bigint {
    if (game in contributions.games) return BigInt(contributions.games[game]!);
    if (Object.keys(contributions.categories).length === 0) return 10_000n;
    if (category === null || !(category in contributions.categories)) return 0n;
    return BigInt(contributions.categories[category]!);
  }

  const cover = (amount: bigint): void => {
    if (amount > held(REAL)) transfer('platform:cash', REAL, amount - held(REAL));
  };

  /** Takes a stake out of purses one after the other, and counts it. */
  function stakeOn(event: { stake: number; game: string; category: string | null; at: number }): Purse {
    const stake = BigInt(event.stake);
    const bonuses = underWay(event.at);
    const first = bonuses[0];
    const accounts = bonuses.map(account);
    const order = first?.terms.fundsOrder === 'bonus_first' ? [...accounts, REAL] : [REAL, ...accounts];
    const known = order.reduce((sum, name) => sum + held(name), 0n);
    if (stake > known) transfer('platform:cash', REAL, stake - known);
    const purse: Purse = new Map();
    let open = stake;
    for (const name of order) {
      const taken = least(open, held(name));
      if (taken > 0n) purse.set(name, taken);
      transfer(name, 'house:gaming', taken);
      open -= taken;
    }
    if (first) count(first, stake, stake - (purse.get(REAL) ?? 0n), event);
    return purse;
  }

  function count(
    grant: ModelGrant,
    stake: bigint,
    ofBonuses: bigint,
    event: { game: string; category: string | null },
  ): void {
    const limit = limitOf(grant);
    if (limit !== null && stake > limit && grant.terms.maxBet?.onBreach !== 'flag') return;
    const counted = grant.terms.countStakes === 'all' ? stake : ofBonuses;
    grant.wagered = least(
      grant.required,
      grant.wagered + counted * shareOf(grant.terms, event.game, event.category),
    );
  }

  function payWin(win: bigint, purse: Purse): void {
    const all = total(purse);
    const bonuses = grants
      .filter((grant) => purse.has(account(grant)))
      .sort((a, b) => a.start - b.start || (a.id < b.id ? -1 : 1));
    let left = win;
    if (bonuses.length > 0) {
      left -= (win * (purse.get(REAL) ?? 0n)) / all;
      const ofReal = win - left;
      for (const grant of bonuses.toReversed()) {
        const oldest = grant === bonuses[0];
        const share = oldest ? left : (win * purse.get(account(grant))!) / all;
        left -= share;
        payBonus(grant, share);
      }
      left = ofReal;
    }
    transfer('house:gaming', REAL, left);
  }

  function payBonus(grant: ModelGrant, share: bigint): void {
    if (grant.state === 'completed') transfer('house:gaming', REAL, share);
    else if (grant.state === 'active') transfer('house:gaming', account(grant), share);
    else transfer('house:gaming', 'house:breakage', share);
  }

  function remember(round: string, purse: Purse): void {
    const known = staked.get(round) ?? new Map<string, bigint>();
    for (const [name, amount] of purse) known.set(name, (known.get(name) ?? 0n) + amount);
    staked.set(round, known);
    if (total(known) > largest) largest = total(known);
  }

  function takeOut(id: string, amount: bigint, at: number): void {
    cover(amount);
    transfer(REAL, 'platform:cash', amount);
    for (const grant of underWay(at))
      if (grant.terms.onWithdrawal === 'forfeit') {
        close(grant, 'forfeited');
        grant.takenBy = id;
      }
  }

  function reinstate(grant: ModelGrant, at: number): void {
    if (grant.state !== 'lost' && grant.state !== 'forfeited') return;
    if (grant.end !== null && grant.end <= at) return;
    if (grant.held === 0n && !isInPlay(grant)) return;
    transfer('house:breakage', account(grant), grant.held);
    grant.state = 'active';
    grant.takenBy = null;
    grant.held = 0n;
  }

  function apply(event: FundsEvent): void {
    const { at } = event;
    switch (event.kind) {
      case 'bet': {
        const [under] = underWay(at);
        const purse = stakeOn(event);
        const paidBy = event.stake > 0 ? purse : (staked.get(event.roundId) ?? new Map());
        payWin(BigInt(event.win), paidBy);
        remember(event.roundId, purse);
        for (const grant of underWay(at))
          if (grant === under || paidBy.has(account(grant))) afterBet(grant, at);
        break;
      }
      case 'stake': {
        const [under] = underWay(at);
        remember(event.roundId, stakeOn(event));
        if (under || inPlay.has(event.roundId)) inPlay.set(event.roundId, at);
        if (under) afterBet(under, at);
        break;
      }
      case 'win':
        payWin(BigInt(event.win), staked.get(event.roundId) ?? new Map());
        if (event.endsRound) endRound(event.roundId, at);
        break;
      case 'deposit':
        transfer('platform:cash', REAL, BigInt(event.amount));
        break;
      case 'deposit_reversed':
        cover(BigInt(event.amount));
        transfer(REAL, 'platform:cash', BigInt(event.amount));
        for (const grant of grants.filter(({ deposit }) => deposit === event.depositId)) {
          grant.takenBy = null;
          if (grant.state === 'active') close(grant, 'cancelled', 'house:bonus_expense');
        }
        break;
      case 'withdrawal_requested':
        takeOut(event.withdrawalId, BigInt(event.amount), at);
        requests.set(event.withdrawalId, BigInt(event.amount));
        break;
      case 'withdrawal_paid': {
        const requested = requests.get(event.withdrawalId);
        if (requested === undefined) takeOut(event.withdrawalId, BigInt(event.amount), at);
        else {
          cover(BigInt(event.amount) - requested);
          transfer(REAL, 'platform:cash', BigInt(event.amount) - requested);
        }
        requests.delete(event.withdrawalId);
        break;
      }
      case 'withdrawal_cancelled': {
        const requested = requests.get(event.withdrawalId);
        if (requested === undefined) break;
        requests.delete(event.withdrawalId);
        transfer('platform:cash', REAL, requested);
        for (const grant of grants) if (grant.takenBy === event.withdrawalId) reinstate(grant, at);
        break;
      }
      case 'cash':
        transfer('house:bonus_expense', REAL, BigInt(event.amount));
        break;
      case 'correction':
        cover(-BigInt(event.amount));
        transfer('house:gaming', REAL, BigInt(event.amount));
        break;
      case 'grant_ended':
        find(event.grantId).takenBy = null;
        if (find(event.grantId).state === 'active') close(find(event.grantId), event.as);
        break;
      case 'grant_extended':
        if (find(event.grantId).state === 'active') find(event.grantId).end = event.expiresAt;
        break;
      case 'grant_reinstated':
        reinstate(find(event.grantId), at);
        break;
      case 'grant_started': {
        const { grant } = event;
        transfer('house:bonus_expense', `player:bonus:${grant.grantId}`, BigInt(grant.amount));
        grants.push({
          id: grant.grantId,
          terms: termsOf(grant.grantId),
          amount: BigInt(grant.amount),
          required: BigInt(grant.required),
          start: grant.startedAt,
          deposit: grant.depositId,
          end: grant.expiresAt,
          state: 'active',
          wagered: 0n,
          converted: 0n,
          held: 0n,
          takenBy: null,
        });
        break;
      }
      case 'time':
        break;
    }
  }

  return {
    books,
    grants,
    /** The most that the player ever had on one account, or at stake in one round. */
    largest: () => largest,
    fold(event: FundsEvent): void {
      passTime(event.at);
      apply(event);
      passTime(event.at);
    },
    /** The key a wallet refuses with, at an instant whose time has been folded. */
    refusal(asked: StakeEvent | WithdrawalRequest): string | null {
      const bonuses = underWay(asked.at);
      if (asked.kind === 'withdrawal_requested') {
        if (bonuses.some(({ terms }) => terms.onWithdrawal === 'block')) return 'withdrawal_blocked';
        return BigInt(asked.amount) > held(REAL) ? 'insufficient_funds' : null;
      }
      const [first] = bonuses;
      const limit = first?.terms.maxBet?.onBreach === 'reject' ? limitOf(first) : null;
      if (limit !== null && BigInt(asked.stake) > limit) return 'max_bet_exceeded';
      const known = bonuses.reduce((sum, grant) => sum + held(account(grant)), held(REAL));
      return BigInt(asked.stake) > known ? 'insufficient_funds' : null;
    },
  };
}

export type Model = ReturnType<typeof createModel>;
