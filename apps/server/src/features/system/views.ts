import { type Job, SYSTEM_QUEUES, type System, type SystemQueue } from '@promosmith/contract';
import type { Queryable } from '../../platform/db.ts';

/** Most that is counted of a queue. */
const MOST = 1_000;
/** Most of a brand's newest jobs among which its latest reconciliation is looked for. */
const JOBS_LOOKED_AT = 1_000;

interface DatabaseRow {
  now: Date;
  version: string;
  startedAt: Date;
  sizeBytes: number;
  open: number;
  most: number;
  oldestAt: Date | null;
  oldestSeconds: number | null;
}

type DatabaseState = Pick<System, 'now'> & Omit<System['database'], 'pool'>;

export async function database(db: Queryable): Promise<DatabaseState> {
  const { rows } = await db.query<DatabaseRow>(
    `select now() as now, current_setting('server_version') as version, pg_postmaster_start_time() as "startedAt",
       pg_database_size(current_database()) as "sizeBytes", (select count(*) from pg_stat_activity
         where backend_type = 'client backend') as open, current_setting('max_connections')::int as most,
       oldest.query_start as "oldestAt", extract(epoch from now() - oldest.query_start)::float8 as "oldestSeconds"
     from (select) here left join lateral (
       select query_start from pg_stat_activity
       where datname = current_database() and backend_type = 'client backend' and state = 'active'
         and pid <> pg_backend_pid()
       order by query_start limit 1
     ) oldest on true`,
  );
  const row = rows[0];
  if (!row) throw new Error('the database told nothing of itself');
  const { oldestAt, oldestSeconds } = row;
  return {
    now: row.now.toISOString(),
    version: row.version,
    startedAt: row.startedAt.toISOString(),
    sizeBytes: row.sizeBytes,
    connections: { open: row.open, most: row.most },
    oldestStatement: oldestAt && {
      startedAt: oldestAt.toISOString(),
      seconds: Math.max(0, oldestSeconds ?? 0),
    },
  };
}

export async function migrations(db: Queryable): Promise<Pick<System['migrations'], 'applied' | 'latest'>> {
  const { rows } = await db.query<{ applied: number; latest: string }>(
    'select count(*) as applied, max(name) as latest from schema_migrations',
  );
  return rows[0] ?? { applied: 0, latest: '' };
}

/** What of each queue waits, through the partial index that its workers look through; and when it came, where told. */
const WAITING: Readonly<Record<SystemQueue, string>> = {
  events_to_seal: 'select null::timestamptz as at from outbox where position is null',
  audit_to_seal: 'select at from audit_log where position is null',
  webhook_deliveries: `select created_at as at from webhook_deliveries where status in ('pending', 'failed')`,
  bonus_deliveries: `select created_at as at from deliveries where state = 'waiting'`,
  messages: `select created_at as at from messages where state = 'prepared'`,
  journey_actions: `select created_at as at from journey_effects where status = 'pending'`,
  jobs: `select created_at as at from jobs where status in ('queued', 'running')`,
};

export async function queues(db: Queryable): Promise<System['queues']> {
  const counts = SYSTEM_QUEUES.map(
    (name) => `(select '${name}' as name, count(*) as count, min(at) as oldest
      from (${WAITING[name]} limit ${MOST + 1}) counted)`,
  );
  const { rows } = await db.query<{ name: SystemQueue; count: number; oldest: Date | null }>(
    counts.join(' union all '),
  );
  return rows.map(({ name, count, oldest }) => ({
    name,
    waiting: Math.min(count, MOST),
    more: count > MOST,
    oldest: oldest?.toISOString() ?? null,
  }));
}

export async function latestReconciliation(
  db: Queryable,
  brandId: string,
): Promise<System['reconciliation']> {
  const { rows } = await db.query<{
    jobId: string;
    status: Job['status'];
    startedAt: Date;
    finishedAt: Date | null;
    balanced: boolean | null;
  }>(
    `select job_id as "jobId", status, coalesce(started_at, created_at) as "startedAt", finished_at as "finishedAt",
       case when status = 'succeeded' then (result ->> 'balanced')::boolean end as balanced
     from (select * from jobs where brand_id = $1 order by job_id desc limit ${JOBS_LOOKED_AT}) newest
     where kind = 'ledger.reconcile' order by job_id desc limit 1`,
    [brandId],
  );
  const row = rows[0];
  if (!row) return null;
  const { startedAt, finishedAt, ...rest } = row;
  return { ...rest, startedAt: startedAt.toISOString(), finishedAt: finishedAt?.toISOString() ?? null };
}
