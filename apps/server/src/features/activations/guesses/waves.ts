import type { NormalisedCode } from '@promosmith/core/codes';
import { GUESS_WINDOW_MINUTES, GUESSES_IN_A_WAVE, isGuessWave } from '@promosmith/core/risk';
import { int4s, uuids } from '../../../platform/arrays.ts';
import type { Database, Queryable } from '../../../platform/db.ts';
import { firstIdAt } from '../../../platform/ids.ts';
import { type CodeFormat, findFormats, looksLike } from '../../codes/index.ts';
import { countAimed } from './aims.ts';

/** After the last look that found one, a wave counts as going on for so long. */
const LASTS_MINUTES = 15;
/** More than so many tries need not be counted to know which are more. */
const MOST_COUNTED = 20_000;
const MINUTE_MS = 60_000;

export interface GuessWaves {
  /** Whether a code that is typed now falls under a wave, as it was known a second ago. */
  covers(brandId: string, typed: NormalisedCode | null): boolean;
  /** Looks for brands and campaigns whose codes are tried at random, and begins, prolongs and ends waves. */
  look(): Promise<void>;
  /** Learns what other processes found. */
  refresh(): Promise<void>;
}

/**
 * The breaker of guessing: while more than half of what is tried in a brand are codes there are not, from however many
 * players and addresses, all of them fall under it; while that is so of codes that look like a campaign's, those do.
 */
export function createGuessWaves(db: Database): GuessWaves {
  let ofBrands: ReadonlySet<string> = new Set();
  let ofCampaigns: ReadonlyMap<string, readonly CodeFormat[]> = new Map();
  return {
    covers: (brandId, typed) =>
      ofBrands.has(brandId) ||
      (typed !== null && (ofCampaigns.get(brandId) ?? []).some((format) => looksLike(format, typed))),
    async look() {
      await keep(db, [...(await wavesOfBrands(db)), ...(await wavesOfCampaigns(db))]);
    },
    async refresh() {
      const { rows } = await db.query<{ brandId: string; campaignId: string | null }>(
        'select brand_id as "brandId", campaign_id as "campaignId" from guess_waves where until > now()',
      );
      ofBrands = new Set(rows.flatMap(({ brandId, campaignId }) => (campaignId === null ? [brandId] : [])));
      const campaigns = new Map(
        rows.flatMap(({ brandId, campaignId }) => (campaignId ? [[campaignId, brandId]] : [])),
      );
      const formats = campaigns.size > 0 ? await findFormats(db, [...new Set(campaigns.values())]) : [];
      ofCampaigns = Map.groupBy(
        formats.filter(({ campaignId }) => campaigns.has(campaignId)),
        ({ brandId }) => brandId,
      );
    },
  };
}

interface Wave {
  readonly brandId: string;
  /** null: of all codes of the brand. */
  readonly campaignId: string | null;
  readonly wrong: number;
  readonly known: number;
}

async function wavesOfBrands(db: Queryable): Promise<Wave[]> {
  const waves: Wave[] = [];
  for (const suspect of await countWrong(db)) {
    const { tried, known } = await countTried(db, suspect);
    // Of too many to count, the latest say which are more.
    const wrong = tried === MOST_COUNTED ? tried - known : suspect.wrong;
    if (isGuessWave({ wrong, known })) waves.push({ ...suspect, campaignId: null, wrong, known });
  }
  return waves;
}

async function wavesOfCampaigns(db: Queryable): Promise<Wave[]> {
  const waves: Wave[] = [];
  for (const suspect of await countAimed(db)) {
    if (!isGuessWave({ wrong: suspect.wrong, known: 0 })) continue;
    const known = await countOfCampaign(db, suspect);
    if (isGuessWave({ wrong: suspect.wrong, known })) waves.push({ ...suspect, known });
  }
  return waves;
}

interface Wrong {
  readonly brandId: string;
  readonly wrong: number;
  readonly now: Date;
}

/**
 * Wrong codes of about ten minutes, of brands where there were enough: by players or by addresses, whichever are more, because
 * most count as a guess of both. A lock-out begins the count anew, and stands for the guesses that led to it.
 */
async function countWrong(db: Queryable): Promise<Wrong[]> {
  const recent = `interval '${GUESS_WINDOW_MINUTES} minutes'`;
  const { rows } = await db.query<Wrong>(
    `select brand_id as "brandId", greatest(sum(wrong) filter (where kind = 'p'), sum(wrong) filter (where kind = 'a'))::int as wrong,
       now() as now
     from (
       select brand_id, left(guess_key, 1) as kind,
         misses + case when locked_until is null or locked_until < window_started_at then 0
           when left(guess_key, 1) = 'p' then ${GUESSES_IN_A_WAVE.player} else ${GUESSES_IN_A_WAVE.address} end as wrong
       from guesses where window_started_at > now() - ${recent}
     ) lately group by brand_id having greatest(sum(wrong) filter (where kind = 'p'), sum(wrong) filter (where kind = 'a')) > 0`,
  );
  return rows.filter(({ wrong }) => isGuessWave({ wrong, known: 0 }));
}

const windowStart = (now: Date): string => firstIdAt(now.getTime() - GUESS_WINDOW_MINUTES * MINUTE_MS);

/** What was tried in the same time, and how much of it were codes there are. */
async function countTried(db: Queryable, { brandId, now }: Wrong): Promise<{ tried: number; known: number }> {
  const { rows } = await db.query<{ tried: number; known: number }>(
    `select count(*)::int as tried, count(*) filter (where code_key is not null)::int as known from (
       select code_key from activations where brand_id = $1 and activation_id >= $2
       order by activation_id desc limit ${MOST_COUNTED}
     ) lately`,
    [brandId, windowStart(now)],
  );
  return rows[0] ?? { tried: 0, known: 0 };
}

/** Tries of a campaign's codes in the same time; no more are counted than there were wrong ones. */
async function countOfCampaign(
  db: Queryable,
  { campaignId, wrong, now }: { campaignId: string; wrong: number; now: Date },
): Promise<number> {
  const { rows } = await db.query<{ known: number }>(
    `select count(*)::int as known from (
       select from activations where campaign_id = $1 and activation_id >= $2 limit $3
     ) lately`,
    [campaignId, windowStart(now), wrong],
  );
  return rows[0]?.known ?? 0;
}

/** In the order of their keys, for several processes may look at once. */
async function keep(db: Queryable, waves: readonly Wave[]): Promise<void> {
  if (waves.length > 0)
    await db.query(
      `insert into guess_waves as w (target_id, brand_id, campaign_id, since, until, wrong, known)
       select coalesce(campaign_id, brand_id), brand_id, campaign_id, now(), now() + interval '${LASTS_MINUTES} minutes', wrong, known
       from unnest($1::uuid[], $2::uuid[], $3::int[], $4::int[]) as t (brand_id, campaign_id, wrong, known) order by 1
       on conflict (target_id) do update set wrong = excluded.wrong, known = excluded.known, until = excluded.until,
         since = case when w.until > now() then w.since else excluded.since end`,
      [
        uuids(waves.map(({ brandId }) => brandId)),
        uuids(waves.map(({ campaignId }) => campaignId)),
        int4s(waves.map(({ wrong }) => wrong)),
        int4s(waves.map(({ known }) => known)),
      ],
    );
  await db.query(`delete from guess_waves where until < now() - interval '1 day'`);
}
