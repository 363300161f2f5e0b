import { type Database, isRetryable, type Queryable } from '../../platform/db.ts';
import { type Origin, publish } from '../../platform/outbox.ts';
import type { EventKeeper, KeptAs } from '../events/index.ts';
import { betOf, type ToldBet, takeBets } from './bets.ts';

const ATTEMPTS = 5;
const EXPECT_REPEATS_FOR_MS = 10_000;

/** Takes in settled bets: the platform's most frequent event by far. A bet is known by its `betId`. */
export function betKeeper(db: Database): EventKeeper<'bet.settled'> {
  /** Repeats come in waves, when callers time out: for a while after one, bets are looked up before anything else. */
  let expectRepeatsUntil = 0;

  /**
   * Without a look for earlier ones first: a bet that was told before is refused by its key, and then all are looked up.
   */
  async function take(told: readonly ToldBet[], origin: Origin): Promise<KeptAs[]> {
    for (let tries = 1; ; tries++) {
      const lookUp = tries > 1 || performance.now() < expectRepeatsUntil;
      try {
        const verdicts = await db.pipelined((connection) => attempt(connection, told, lookUp, origin));
        if (verdicts.includes('known')) expectRepeatsUntil = performance.now() + EXPECT_REPEATS_FOR_MS;
        return verdicts;
      } catch (error) {
        if (tries === ATTEMPTS || !isRetryable(error)) throw error;
      }
    }
  }

  return {
    type: 'bet.settled',
    nameOf: ({ data }) => data.betId,
    take: (events, origin) => take(events.map(betOf), origin),
  };
}

/**
 * Plans are made once, for ten rows as far as the planner knows, and a nested loop over ten is as good as any other way:
 * over five hundred it is the square of that.
 */
const NO_NESTED_LOOPS = 'set local enable_nestloop = off';

async function attempt(
  connection: Queryable,
  told: readonly ToldBet[],
  lookUp: boolean,
  origin: Origin,
): Promise<KeptAs[]> {
  await connection.query(`begin; ${NO_NESTED_LOOPS}`);
  try {
    const { verdicts, published } = await takeBets(connection, told, lookUp);
    await publish(connection, origin, published);
    await connection.query('commit');
    return verdicts;
  } catch (error) {
    await connection.query('rollback');
    throw error;
  }
}
