import {
  GUESS_WINDOW_MINUTES,
  GUESSES_IN_A_WAVE,
  type GuessLimits,
  isGuessWave,
  USUAL_GUESSES,
} from '@promosmith/core/risk';
import { int4s, uuids } from '../../platform/arrays.ts';
import type { Database, Queryable } from '../../platform/db.ts';
import { firstIdAt } from '../../platform/ids.ts';

/** After the last look that found one, a wave counts as going on for so long. */
const LASTS_MINUTES = 15;
/** More than so many tries need not be counted to know which are more. */
const MOST_COUNTED = 20_000;
const MINUTE_MS = 60_000;

export interface GuessWaves {
  /** How many guesses there are until a lock-out, as it was known a second ago. */
  limitsOf(brandId: string): GuessLimits;
  /** Looks for brands where codes are tried at random, and begins, prolongs and ends waves. */
  look(): Promise<void>;
  /** Learns what other processes found. */
  refresh(): Promise<void>;
}

/**
 * The breaker of guessing: while more than half of what is tried in a brand are codes there are not, from however many
 * players and addresses, each of them has fewer guesses.
 */
export function createGuessWaves(db: Database): GuessWaves {
  let going: ReadonlySet<string> = new Set();
  return {
    limitsOf: (brandId) => (going.has(brandId) ? GUESSES_IN_A_WAVE : USUAL_GUESSES),
    async look() {
      const suspects = await countWrong(db);
      const waves: Wave[] = [];
      for (const suspect of suspects) {
        const known = await countKnown(db, suspect);
        if (isGuessWave({ wrong: suspect.wrong, known })) waves.push({ ...suspect, known });
      }
      await keep(db, waves);
    },
    async refresh() {
      const { rows } = await db.query<{ brandId: string }>(
        'select brand_id as "brandId" from guess_waves where until > now()',
      );
      going = new Set(rows.map(({ brandId }) => brandId));
    },
  };
}

interface Wrong {
  readonly brandId: string;
  readonly wrong: number;
  readonly now: Date;
}
interface Wave extends Wrong {
  readonly known: number;
}

/**
 * Wrong codes of about ten minutes, of brands where there were enough: by players or by addresses, whichever are more, because
 * most count as a guess of both. A lock-out begins the count anew, and stands for the guesses that led to it.
 */
async function countWrong(db: Queryable): Promise<Wrong[]> {
  const recent = `interval '${GUESS_WINDOW_MINUTES} minutes'`;
  const { rows } = await db.query<Wrong & { least: number }>(
    `select brand_id as "brandId", greatest(sum(wrong) filter (where kind = 'p'), sum(wrong) filter (where kind = 'a'))::int as wrong,
       now() as now
     from (
       select brand_id, left(guess_key, 1) as kind,
         misses + case when locked_until is null then 0
           when left(guess_key, 1) = 'p' then ${GUESSES_IN_A_WAVE.player} else ${GUESSES_IN_A_WAVE.address} end as wrong
       from guesses where window_started_at > now() - ${recent}
     ) lately group by brand_id having greatest(sum(wrong) filter (where kind = 'p'), sum(wrong) filter (where kind = 'a')) > 0`,
  );
  return rows.filter(({ wrong }) => isGuessWave({ wrong, known: 0 }));
}

/** Tries of codes there are, in the same time. */
async function countKnown(db: Queryable, { brandId, now }: Wrong): Promise<number> {
  const { rows } = await db.query<{ count: number }>(
    `select count(*) filter (where code_key is not null)::int as count from (
       select code_key from activations where brand_id = $1 and activation_id >= $2
       order by activation_id desc limit ${MOST_COUNTED}
     ) lately`,
    [brandId, firstIdAt(now.getTime() - GUESS_WINDOW_MINUTES * MINUTE_MS)],
  );
  return rows[0]?.count ?? 0;
}

/** In the order of their keys, for several processes may look at once. */
async function keep(db: Queryable, waves: readonly Wave[]): Promise<void> {
  if (waves.length > 0)
    await db.query(
      `insert into guess_waves as w (brand_id, since, until, wrong, known)
       select brand_id, now(), now() + interval '${LASTS_MINUTES} minutes', wrong, known
       from unnest($1::uuid[], $2::int[], $3::int[]) as t (brand_id, wrong, known) order by brand_id
       on conflict (brand_id) do update set wrong = excluded.wrong, known = excluded.known, until = excluded.until,
         since = case when w.until > now() then w.since else excluded.since end`,
      [
        uuids(waves.map(({ brandId }) => brandId)),
        int4s(waves.map(({ wrong }) => wrong)),
        int4s(waves.map(({ known }) => known)),
      ],
    );
  await db.query(`delete from guess_waves where until < now() - interval '1 day'`);
}
