import {
  assess,
  BANDS,
  type Band,
  findInHistory,
  INDICATOR_NAMES,
  type IndicatorName,
  type RiskKnown,
  type RiskPolicy,
} from '@promosmith/core/risk';
import { int4s, texts, uuids } from '../../../platform/arrays.ts';
import type { Database, Queryable } from '../../../platform/db.ts';
import { doDue } from '../../../platform/do-due.ts';
import { rowByRow } from '../../../platform/row-by-row.ts';
import type { SetAside } from '../../../platform/set-aside.ts';
import type { LoadRisk } from '../lookup.ts';
import { findPolicy } from '../policies/store.ts';
import { type LoadedHistory, loadHistories } from './history.ts';
import type { Due, Reassessed } from './reassessed.ts';
import { tellOfWorse } from './worse.ts';

const AT_ONCE = 200;

const ALL: ReadonlySet<IndicatorName> = new Set(INDICATOR_NAMES);

/**
 * Works out what the past and the links of accounts show by now, and tells of those that come out worse than before. Who comes
 * to be held and has open bonuses of campaigns by whose indicators they are is given a case.
 * @returns whether there may be more.
 */
export const reassessDue = (db: Database, aside: SetAside, load: LoadRisk): Promise<boolean> =>
  doDue(aside, {
    find: (names) => findDue(db, names),
    nameOf: (playerId) => playerId,
    work: (playerIds) =>
      db.transaction(async (tx) => {
        await rowByRow(tx);
        const due = await lockDue(tx, playerIds);
        if (due.length === 0) return 0;
        const reassessed = await reassess(tx, due, load);
        await save(tx, reassessed);
        await tellOfWorse(
          tx,
          reassessed.filter(({ band, assessment }) => isWorse(assessment.band, band)),
        );
        return due.length;
      }),
  });

const isWorse = (now: Band, before: Band): boolean => BANDS.indexOf(now) > BANDS.indexOf(before);

/**
 * What was found fades: bets and withdrawals grow old, exclusions are lifted or over. Of whom nothing was found, nothing is
 * looked at until something happens.
 */
const HAS_FADED = "findings <> '[]' and assessed_at < now() - interval '6 hours'";

export async function findDue(db: Queryable, aside: readonly string[]): Promise<string[]> {
  const { rows } = await db.query<{ playerId: string }>(
    `(select player_id as "playerId" from risk_profiles where due_at is not null and player_id <> all($1::uuid[])
      order by due_at limit ${AT_ONCE})
     union (select player_id from risk_profiles where ${HAS_FADED} and player_id <> all($1::uuid[])
      order by assessed_at limit ${AT_ONCE})`,
    [aside],
  );
  return rows.map(({ playerId }) => playerId);
}

/** Holds those that nobody else holds; whoever has one looked at again meanwhile waits, and it is due again. */
async function lockDue(tx: Queryable, playerIds: readonly string[]): Promise<Due[]> {
  const { rows } = await tx.query<Due>(
    `select player_id as "playerId", brand_id as "brandId", band from risk_profiles
     where player_id = any($1::uuid[]) and (due_at is not null or ${HAS_FADED}) order by player_id for update skip locked`,
    [uuids(playerIds)],
  );
  return rows;
}

async function reassess(tx: Queryable, due: readonly Due[], load: LoadRisk): Promise<Reassessed[]> {
  const histories = await loadHistories(
    tx,
    due.map(({ playerId }) => playerId),
  );
  const loaded = await load(tx, due);
  const policies = new Map<string, RiskPolicy>();
  for (const brandId of new Set(due.map((one) => one.brandId)))
    policies.set(brandId, await findPolicy(tx, brandId));
  const reassessed: Reassessed[] = [];
  for (const [n, one] of due.entries()) {
    const past = histories.get(one.playerId);
    const now = loaded[n];
    const policy = policies.get(one.brandId);
    if (!past || !now || !policy) throw new Error(`nothing was loaded of player ${one.playerId}`);
    const findings = findInHistory(past.history);
    const known: RiskKnown = { ...OF_NO_ATTEMPT, ...now, ...seenSoFar(past), profile: findings };
    reassessed.push({ ...one, known, findings, policy, assessment: assess(known, policy, ALL) });
  }
  return reassessed;
}

const OF_NO_ATTEMPT = { registeredAgo: null, channel: null, country: null } as const;

/**
 * Of all devices and addresses the account was seen with, the one with the most others. No address it is linked by is of a
 * mobile network or private relay, and who was at one once is not there now: its kinds say nothing.
 */
const seenSoFar = ({ shared }: LoadedHistory): Pick<RiskKnown, 'device' | 'address'> => ({
  device: { others: shared.device },
  address: { others: shared.address, kinds: [], country: null },
});

async function save(tx: Queryable, reassessed: readonly Reassessed[]): Promise<void> {
  await tx.query(
    `update risk_profiles p set due_at = null, findings = t.findings::jsonb, weighed = t.weighed::jsonb, score = t.score,
       band = t.band, listed = t.listed, policy = t.policy, assessed_at = now()
     from unnest($1::uuid[], $2::text[], $3::text[], $4::int[], $5::text[], $6::text[], $7::int[])
       as t (player_id, findings, weighed, score, band, listed, policy)
     where p.player_id = t.player_id and p.player_id = any($1::uuid[])`,
    [
      uuids(reassessed.map(({ playerId }) => playerId)),
      texts(reassessed.map(({ findings }) => JSON.stringify(findings))),
      texts(reassessed.map(({ assessment }) => JSON.stringify(assessment.findings))),
      int4s(reassessed.map(({ assessment }) => assessment.score)),
      texts(reassessed.map(({ assessment }) => assessment.band)),
      texts(reassessed.map(({ assessment }) => assessment.listed ?? null)),
      int4s(reassessed.map(({ policy }) => policy.version)),
    ],
  );
}
