import type { getWatchedCode, listCodeUsers, RouteOutput, WatchedCode } from '@promosmith/contract';
import { judgeBurst, SLOT_MS, slotOf } from '@promosmith/core/codewatch';
import type { Queryable } from '../../platform/db.ts';
import type { CodeRecord } from '../codes/index.ts';
import { codeView } from '../codes/index.ts';
import { findReissue } from './reissues.ts';
import type { readSettings } from './settings.ts';

type Settings = Awaited<ReturnType<typeof readSettings>>;

const MOST = 100;
const MOST_NAMED = 50;
const MOST_JOBS = 10;
const JOBS_LOOKED_THROUGH = 1_000;
const HOUR_SLOTS = 6;

/** What is known of how a code is tried. */
interface Known {
  readonly codeId: string;
  readonly now: Date;
  readonly current: number;
  readonly hour: number;
  readonly day: number;
  readonly before: number;
  readonly firstSlot: Date | null;
  readonly strangers: number;
  readonly alarms: WatchedCode['alarms'] | null;
}

/** Of a code whose key is `k`, with the beginning of the present slot as `t`. */
const KNOWN = `k.code_key as "codeId", n.now, coalesce(s.current, 0) as current, coalesce(s.hour, 0) as hour,
  coalesce(s.day, 0) as day, coalesce(s.before, 0) as before, s.first_slot as "firstSlot",
  (select count(*)::int from code_strangers x where x.code_key = k.code_key) as strangers,
  (select json_agg(json_build_object('caseId', a.case_id, 'kind', a.kind, 'openedAt', a.opened_at) order by a.case_id desc)
   from risk_cases a where a.code_key = k.code_key and a.state <> 'decided' and a.kind in ('code_burst', 'code_leak')) as alarms`;

const SUMS = `left join lateral (
    select sum(tries) filter (where slot >= n.slot)::int as current,
      sum(tries) filter (where slot > n.slot - interval '${HOUR_SLOTS * 10} minutes')::int as hour,
      sum(tries) filter (where slot > n.slot - interval '1 day')::int as day,
      sum(tries) filter (where slot < n.slot and slot >= n.slot - interval '1 day')::int as before, min(slot) as first_slot
    from code_tries where watched_id = k.code_key
  ) s on true`;

const NOW = `(select now() as now, to_timestamp(floor(extract(epoch from now()) / ${SLOT_MS / 1000}) * ${SLOT_MS / 1000}) as slot) n`;

/** Keys of the codes that are worth a look: those with alarms, those tried lately, those that strangers tried. */
const WORTH_A_LOOK = `(
    select code_key from risk_cases where brand_id = $1 and state <> 'decided' and kind in ('code_burst', 'code_leak')
      and code_key is not null and ($2::uuid is null or campaign_id = $2)
    union
    (select watched_id from code_tries
     where brand_id = $1 and is_code and slot > now() - interval '1 day' and ($2::uuid is null or campaign_id = $2)
     group by watched_id order by sum(tries) desc limit ${MOST})
    union
    (select code_key from code_strangers where brand_id = $1 and ($2::uuid is null or campaign_id = $2)
     group by code_key order by count(*) desc limit ${MOST})
  )`;

export async function readKnown(
  db: Queryable,
  brandId: string,
  campaignId: string | undefined,
): Promise<Known[]> {
  const { rows } = await db.query<Known>(
    `select * from (select ${KNOWN} from ${NOW}, ${WORTH_A_LOOK} k ${SUMS}) known
     order by alarms is null, hour desc, strangers desc, "codeId" limit ${MOST}`,
    [brandId, campaignId ?? null],
  );
  return rows;
}

export async function readKnownOf(db: Queryable, codeId: string): Promise<Known> {
  const { rows } = await db.query<Known>(
    `select ${KNOWN} from ${NOW}, (select $1::uuid as code_key) k ${SUMS}`,
    [codeId],
  );
  return rows[0]!;
}

export function watchedOf(record: CodeRecord, known: Known, settings: Settings): WatchedCode {
  const { code, kind, state, campaignId } = codeView(record);
  const now = slotOf(known.now.getTime());
  const judged = judgeBurst(
    { now, tries: known.current, firstSlot: known.firstSlot?.getTime() ?? now, before: known.before },
    settings,
  );
  return {
    ...{ codeId: record.codeId, code, kind, state, campaignId },
    tries: { now: known.current, hour: known.hour, day: known.day },
    baseline: judged.baseline === null ? null : Math.round(judged.baseline * 100) / 100,
    watch: judged.state,
    strangers: known.strangers,
    alarms: (known.alarms ?? []).map((alarm) => ({
      ...alarm,
      openedAt: new Date(alarm.openedAt).toISOString(),
    })),
  };
}

type Detail = RouteOutput<typeof getWatchedCode>;

/** What else there is to say of one code. */
export async function readDetail(
  db: Queryable,
  record: CodeRecord,
): Promise<Pick<Detail, 'slots' | 'strangersNamed' | 'reissue' | 'takeBacks'>> {
  const { brandId, codeId } = record;
  const slots = await db.query<{ at: Date; tries: number; accepted: number }>(
    `select slot as at, tries, accepted from code_tries where watched_id = $1 and slot > now() - interval '1 day' order by slot`,
    [codeId],
  );
  const strangers = await db.query<{ player: string; tries: number; firstAt: Date }>(
    `select player_external_id as player, tries, first_at as "firstAt" from code_strangers where code_key = $1
     order by first_at, player_id limit ${MOST_NAMED}`,
    [codeId],
  );
  const reissue = await findReissue(db, record);
  const jobs = await db.query<{ jobId: string; status: string; startedAt: Date }>(
    `select job_id as "jobId", status, created_at as "startedAt" from (
       select * from jobs where brand_id = $1 order by job_id desc limit ${JOBS_LOOKED_THROUGH}
     ) latest
     where kind = 'bonuses.take_back' and input ->> 'codeKey' = $2 order by job_id desc limit ${MOST_JOBS}`,
    [brandId, codeId],
  );
  return {
    slots: slots.rows.map((row) => ({ ...row, at: row.at.toISOString() })),
    strangersNamed: strangers.rows.map((row) => ({ ...row, firstAt: row.firstAt.toISOString() })),
    reissue: reissue ? { ...reissue, at: reissue.at.toISOString() } : null,
    takeBacks: jobs.rows.map((row) => ({ ...row, startedAt: row.startedAt.toISOString() })),
  };
}

type User = RouteOutput<typeof listCodeUsers>['items'][number];

/** Activations of a code that were not refused, newest first, with the bonuses they issued. */
export async function findUsers(
  db: Queryable,
  { brandId, codeId }: CodeRecord,
  after: string | undefined,
  { most, look }: { most: number; look: number },
): Promise<{ rows: User[]; endOfLook: () => Promise<string | undefined> }> {
  const looked = `from activations where code_key = $1 and brand_id = $2 and ($3::uuid is null or activation_id < $3)
    order by activation_id desc`;
  const values = [codeId, brandId, after ?? null];
  const { rows } = await db.query<
    Omit<User, 'at' | 'bonuses'> & { at: Date; bonuses: User['bonuses'] | null }
  >(
    `select a.activation_id as "activationId", a.player_external_id as player, a.outcome, a.created_at as at, (
       select json_agg(json_build_object('grantId', g.grant_id, 'kind', g.kind, 'status', g.status, 'currency', g.currency,
         'balance', g.balance) order by g.grant_id)
       from grants g where g.activation_id = a.activation_id and g.player_id = a.player_id) as bonuses
     from (select * ${looked} limit ${look}) a
     where a.outcome <> 'refused' order by a.activation_id desc limit ${most}`,
    values,
  );
  return {
    rows: rows.map((row) => ({ ...row, at: row.at.toISOString(), bonuses: row.bonuses ?? [] })),
    async endOfLook() {
      const end = await db.query<{ id: string }>(
        `select activation_id as id ${looked} offset ${look - 1} limit 1`,
        values,
      );
      return end.rows[0]?.id;
    },
  };
}
