import { randomInt } from 'node:crypto';
import { type Client, ProblemError } from '@promosmith/client';
import { CURRENCY } from '../money.ts';
import type { Store } from '../store.ts';
import { type Money, type Played, whatItCounted } from './counted.ts';

/** A game as the wallet knows it. */
export interface Game {
  id: string;
  /** What contributions to wagering go by. */
  category: string;
}

export const SLOT: Game = { id: 'fruit-parade', category: 'slots' };
export const ROULETTE: Game = { id: 'harbour-roulette', category: 'roulette' };
const GAMES = [SLOT, ROULETTE];

/** What is to be played: nothing has been drawn yet. */
export interface Play<Outcome> {
  /** Made with the page: a form that is sent twice is one round. */
  roundId: string;
  player: string;
  game: Game;
  /** Cents. */
  stake: number;
  /** Draws what falls. @param below draws a whole number from 0, below a bound. */
  draw(below: (bound: number) => number): Outcome;
  /** What it pays, in cents. */
  winOf(outcome: Outcome): number;
}

/** A round that was played. */
export interface Round<Outcome> {
  roundId: string;
  stake: number;
  win: number;
  outcome: Outcome;
  /** Undefined while the wallet has not answered. */
  played: Played | undefined;
}

export type RoundAnswer<Outcome> = { ok: true; round: Round<Outcome> } | { ok: false; message: string };

interface RoundRow {
  round_id: string;
  player_id: string;
  game: string;
  stake: number;
  win: number;
  outcome: string;
  state: 'drawn' | 'staked' | 'settled' | 'refused' | 'void';
  result: string | null;
}

/** A round whose answer never came is looked after once it is older than any call. */
const STRANDED_MS = 30_000;

const REFUSALS: Readonly<Record<string, string>> = {
  insufficient_funds: 'There is not enough on your balance for this stake.',
  max_bet_exceeded: 'This stake is above the largest bet that the terms of your bonus allow.',
  self_excluded: 'You have excluded yourself from playing.',
};

export type Rounds = ReturnType<typeof createRounds>;

/**
 * Plays rounds on the reference wallet: the stake is taken, the outcome paid. The outcome is drawn and written down
 * before the stake is asked for, so that nothing that fails in between can change what fell.
 */
export function createRounds(store: Store, promosmith: Client) {
  const rowOf = (player: string, roundId: string) =>
    store.one<RoundRow>('select * from rounds where player_id = ? and round_id = ?', player, roundId);

  const setState = (row: RoundRow, state: RoundRow['state'], result?: Played | string) =>
    store.run(
      'update rounds set state = ?, result = coalesce(?, result) where player_id = ? and round_id = ?',
      ...[state, result === undefined ? null : JSON.stringify(result), row.player_id, row.round_id],
    );

  /** Of either side of a round: the wallet knows a repetition by it. */
  const transaction = ({ player_id, round_id, game }: RoundRow, part: 'bet' | 'win') => ({
    transactionId: `${round_id}-${part}`,
    player: player_id,
    currency: CURRENCY,
    roundId: round_id,
    game,
    category: GAMES.find(({ id }) => id === game)?.category,
    provider: 'demo-games',
  });

  const moneyOf = (player: string): Promise<Money> =>
    promosmith.getWalletBalance({ params: { externalId: player }, query: { currency: CURRENCY } });

  /** A win of 0 is told, too: it ends the round. */
  const payWin = (row: RoundRow) =>
    promosmith.payWalletWin({ body: { ...transaction(row, 'win'), amount: row.win } });

  async function playOut(row: RoundRow): Promise<void> {
    const before = await moneyOf(row.player_id);
    const bet = await promosmith.placeWalletBet({ body: { ...transaction(row, 'bet'), amount: row.stake } });
    setState(row, 'staked');
    const win = await payWin(row);
    const after = await moneyOf(row.player_id);
    const counted = await whatItCounted(promosmith, row.round_id, before, after);
    setState(row, 'settled', { staked: bet.split, won: win.split, balance: win.balance, ...counted });
  }

  function answerOf<Outcome>(row: RoundRow | undefined): RoundAnswer<Outcome> {
    if (!row) throw new Error('the round is not there');
    const said: unknown = row.result === null ? undefined : JSON.parse(row.result);
    if (row.state === 'refused' || row.state === 'void')
      return { ok: false, message: typeof said === 'string' ? said : 'The round was taken back.' };
    const { round_id: roundId, stake, win } = row;
    return {
      ok: true,
      round: { roundId, stake, win, outcome: JSON.parse(row.outcome), played: said as Played | undefined },
    };
  }

  return {
    moneyOf,

    /** Plays a round, once however often it is asked for. */
    async play<Outcome>(play: Play<Outcome>): Promise<RoundAnswer<Outcome>> {
      const outcome = play.draw((bound) => randomInt(bound));
      const isNew = store.run(
        `insert into rounds (round_id, player_id, game, stake, win, outcome, state, created_at)
         values (?, ?, ?, ?, ?, ?, 'drawn', ?) on conflict (player_id, round_id) do nothing`,
        ...[play.roundId, play.player, play.game.id, play.stake, play.winOf(outcome)],
        ...[JSON.stringify(outcome), new Date().toISOString()],
      );
      const row = rowOf(play.player, play.roundId);
      if (row && isNew === 1) {
        try {
          await playOut(row);
        } catch (error) {
          if (!(error instanceof ProblemError)) throw error;
          setState(row, 'refused', REFUSALS[error.key] ?? error.message);
        }
      }
      return answerOf(rowOf(play.player, play.roundId));
    },

    /** A round of this player, of this game; undefined when there is none. */
    find<Outcome>(player: string, game: Game, roundId: string): RoundAnswer<Outcome> | undefined {
      const row = rowOf(player, roundId);
      return row?.game === game.id ? answerOf(row) : undefined;
    },

    /** Ends rounds whose answers never came: a stake that was taken is paid out, one in doubt is taken back. */
    async settleStranded(): Promise<void> {
      const stranded = store.all<RoundRow>(
        `select * from rounds where state in ('drawn', 'staked') and created_at < ? order by created_at`,
        new Date(Date.now() - STRANDED_MS).toISOString(),
      );
      for (const row of stranded) {
        if (row.state === 'staked') {
          await payWin(row);
          setState(row, 'settled');
          continue;
        }
        const { player_id: player, round_id: roundId } = row;
        const transactionId = `${roundId}-rollback`;
        await promosmith.rollBackWalletPlay({ body: { transactionId, player, currency: CURRENCY, roundId } });
        setState(row, 'void', 'The wallet could not be reached. Your stake is back on your balance.');
      }
    },
  };
}
