import type { NormalisedCode } from '@promosmith/core/codes';
import { GUESS_WINDOW_MINUTES } from '@promosmith/core/risk';
import { int4s, uuids } from '../../../platform/arrays.ts';
import type { Database, Queryable } from '../../../platform/db.ts';
import { type CodeFormat, findFormats, looksLike } from '../../codes/index.ts';

/** More wrong codes of a brand in a second say nothing that so many do not. */
const MOST_NOTED = 1_000;

/** Wrong codes, until it is known which campaign's they look like. */
export interface Aims {
  /** Notes a code there is not; worked out and written down later, for nobody waits for it. */
  note(brandId: string, typed: NormalisedCode): void;
  /** Counts what was noted since for the campaigns whose codes look like it. */
  flush(): Promise<void>;
}

/**
 * What wrong codes aim at: who guesses at random writes what looks like a code of a campaign. A process that is killed forgets
 * a second of it, which no alarm needs to be exact.
 */
export function createAims(db: Database): Aims {
  let noted = new Map<string, NormalisedCode[]>();
  return {
    note(brandId, typed) {
      const codes = noted.get(brandId);
      if (!codes) noted.set(brandId, [typed]);
      else if (codes.length < MOST_NOTED) codes.push(typed);
    },
    async flush() {
      if (noted.size === 0) return;
      const codes = noted;
      noted = new Map();
      const formats = await findFormats(db, [...codes.keys()]);
      const aimed = [...Map.groupBy(formats, ({ campaignId }) => campaignId).values()].flatMap((ofCampaign) =>
        aimedAt(ofCampaign, codes),
      );
      await addAimed(db, aimed);
    },
  };
}

interface Aimed {
  readonly brandId: string;
  readonly campaignId: string;
  readonly wrong: number;
}

/** @param formats of one campaign. */
function aimedAt(formats: readonly CodeFormat[], codes: ReadonlyMap<string, NormalisedCode[]>): Aimed[] {
  const [first] = formats;
  if (!first) return [];
  const { brandId, campaignId } = first;
  const wrong = (codes.get(brandId) ?? []).filter((typed) =>
    formats.some((format) => looksLike(format, typed)),
  ).length;
  return wrong > 0 ? [{ brandId, campaignId, wrong }] : [];
}

/** In the order of their keys, for every process adds. */
async function addAimed(db: Queryable, counts: readonly Aimed[]): Promise<void> {
  if (counts.length === 0) return;
  await db.query(
    `insert into wrong_codes as w (campaign_id, minute, brand_id, wrong)
     select campaign_id, date_trunc('minute', now()), brand_id, wrong
     from unnest($1::uuid[], $2::uuid[], $3::int[]) as t (campaign_id, brand_id, wrong) order by 1
     on conflict (campaign_id, minute) do update set wrong = w.wrong + excluded.wrong`,
    [
      uuids(counts.map(({ campaignId }) => campaignId)),
      uuids(counts.map(({ brandId }) => brandId)),
      int4s(counts.map(({ wrong }) => wrong)),
    ],
  );
}

/** What wrong codes of about ten minutes aimed at. */
export async function countAimed(db: Queryable): Promise<(Aimed & { now: Date })[]> {
  const { rows } = await db.query<Aimed & { now: Date }>(
    `select campaign_id as "campaignId", brand_id as "brandId", sum(wrong)::int as wrong, now() as now from wrong_codes
     where minute > now() - interval '${GUESS_WINDOW_MINUTES} minutes' group by 1, 2`,
  );
  return rows;
}

export async function forgetAimed(db: Queryable): Promise<void> {
  await db.query(`delete from wrong_codes where minute < now() - interval '1 hour'`);
}
