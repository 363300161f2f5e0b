import { compileTerms, type WageringTerms } from '../terms.ts';
import type { FundsEvent, FundsTerms, GrantFunds } from '../types.ts';

export const START = Date.UTC(2026, 0, 1);

const NOTHING_SPECIAL: WageringTerms = {
  contributions: { categories: {}, games: {} },
  countStakes: 'all',
  fundsOrder: 'real_first',
  stickiness: 'cashable',
  onWithdrawal: 'forfeit',
};

export const termsOf = (terms: Partial<WageringTerms> = {}): FundsTerms =>
  compileTerms({ ...NOTHING_SPECIAL, ...terms }, 'EUR');

/** A bonus under way since the start, of 100.00 with 100.00 to turn over unless said otherwise. */
export const grantOf = (
  details: Partial<Omit<GrantFunds, 'terms'>> & { terms?: Partial<WageringTerms> } = {},
): GrantFunds => ({
  grantId: 'g1',
  state: 'active',
  amount: details.balance ?? 10_000,
  balance: details.amount ?? 10_000,
  wagered: 0,
  required: 10_000 * 10_000,
  converted: 0,
  startedAt: START,
  expiresAt: null,
  depositId: null,
  remainder: 0,
  forfeitedBy: null,
  ...details,
  terms: termsOf(details.terms),
});

/** An event without its instant and id, which its place in a story gives. */
type Untold<Event> = Event extends FundsEvent ? Omit<Event, 'at' | 'id'> : never;
export type Told = Untold<FundsEvent> & { readonly at?: number; readonly id?: string };

/** Events a second apart, in the order told. */
export const story = (...told: readonly Told[]): FundsEvent[] =>
  told.map((event, index) => ({
    id: String(index).padStart(4, '0'),
    at: START + index * 1000,
    ...event,
  }));

export const bet = (stake: number, win = 0, category: string | null = 'slots'): Told => ({
  kind: 'bet',
  roundId: 'r',
  game: 'any',
  category,
  stake,
  win,
});

export const stake = (amount: number, roundId = 'r'): Told => ({
  kind: 'stake',
  roundId,
  game: 'any',
  category: 'slots',
  stake: amount,
});

export const win = (amount: number, roundId = 'r', endsRound = true): Told => ({
  kind: 'win',
  roundId,
  win: amount,
  endsRound,
});

export const deposit = (amount: number): Told => ({ kind: 'deposit', amount });
export const start = (grant: GrantFunds): Told => ({ kind: 'grant_started', grant, at: grant.startedAt });
