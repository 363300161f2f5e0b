import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Kysely, PostgresDialect } from 'kysely';
import pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import { setColumnTypes } from './column-types.ts';
import { openPool } from './pool.ts';
import { inTurn, preparedTogether, type Sending, together } from './sending.ts';

setColumnTypes();

/** Anything that runs SQL: the pool itself, or the one connection of a transaction. */
export interface Queryable extends Sending {
  /** Kysely over the same connection. A store names its own tables: `db.tables<CodeTables>()`. */
  tables<Tables>(): Kysely<Tables>;
}

/** The one connection of a transaction. */
export interface Transaction extends Queryable {
  /**
   * Streams rows in by a `copy … from stdin` statement.
   * @param chunks bytes in the format the statement names, cut anywhere.
   */
  copyIn(statement: string, chunks: Iterable<Uint8Array>): Promise<void>;
}

export interface Database extends Queryable {
  readonly pool: pg.Pool;
  /**
   * Runs `work` in one READ COMMITTED transaction. A thrown error or a returned refusal (`ok: false`) rolls it
   * back. What `isRetryable` says is retried, so `work` must have no effect outside the database.
   */
  transaction<T>(work: (tx: Transaction) => Promise<T>): Promise<T>;
  /**
   * As `transaction`, for what is done over and over to a few rows: every text is prepared, and planned once as for ten
   * rows (only a `{ text }` without a name is not), and statements started without waiting travel together. For
   * hand-written SQL, of no more texts than the program has.
   */
  preparedTransaction<T>(work: (tx: Queryable) => Promise<T>): Promise<T>;
  /**
   * Lends one connection on which queries started without waiting travel together, one round trip for all of them.
   * For the few hot paths where round trips count. `work` writes its own `begin` and `commit`.
   */
  pipelined<T>(work: (connection: Queryable) => Promise<T>): Promise<T>;
  /** Waits for what is under way, then until the server has seen every connection off. */
  close(): Promise<void>;
}

const RETRYABLE = new Set(['40001', '40P01']);
const ATTEMPTS = 5;

export const sqlState = (error: unknown): string | undefined =>
  error instanceof pg.DatabaseError ? error.code : undefined;

/** SQLSTATE classes of a server that is gone, going or not yet ready: 08 connection, 57 operator intervention. */
const OUTAGE_STATE = /^(08|57)/;
const OUTAGE_MESSAGE = /ECONNRESET|ECONNREFUSED|EPIPE|ENOENT|Connection terminated|not queryable/;

/** Whether the database could not be reached, so that the same work may succeed in a moment. */
export function isOutage(error: unknown): boolean {
  const state = sqlState(error);
  if (state !== undefined) return OUTAGE_STATE.test(state);
  return error instanceof Error && OUTAGE_MESSAGE.test(error.message);
}

/** Somebody else has just written what a transaction had looked for and not found: run again, it finds that. */
export class Overtaken extends Error {}

/** Whether running the same transaction again can help: serialisation failure, deadlock, or overtaken. */
export const isRetryable = (error: unknown): boolean =>
  error instanceof Overtaken || RETRYABLE.has(sqlState(error) ?? '');

function on(client: pg.Pool | pg.PoolClient, kysely: () => Kysely<unknown>): Queryable {
  return {
    query: (text, values) => client.query(text as string, values as unknown[]),
    tables: <Tables>() => kysely() as Kysely<Tables>,
  };
}

function kyselyOn(client: pg.PoolClient): Kysely<unknown> {
  const borrowed = { query: client.query.bind(client), release() {} } as pg.PoolClient;
  return new Kysely({
    dialect: new PostgresDialect({
      pool: { options: {}, connect: async () => borrowed, end: async () => {} },
    }),
  });
}

function noKysely(): never {
  throw new Error('a pipelined connection runs hand-written SQL only');
}

const isRefusal = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && 'ok' in value && value.ok === false;

/** Two hot paths, activations and validations, have at most three batches under way each. */
const BATCH_CONNECTIONS = 6;
/** Prepared transactions may wait for locks, and no batch for them. A few keep one process busy. */
const PREPARED_CONNECTIONS = 4;
/** What a process opens besides its pool. */
export const PIPELINED_CONNECTIONS = BATCH_CONNECTIONS + PREPARED_CONNECTIONS;

/**
 * One plan per prepared statement, made once: planning a statement again for every batch costs more than running it for
 * a small one. A plan made while a table was small would read all of it, or all of an index that has every column, for
 * ever after. So no table is read whole, and a statement that joins to its parameters also says `= any($1)` of the key:
 * whichever way round it is joined, rows are looked up.
 */
const PLANS_FOR_GOOD = `set plan_cache_mode = force_generic_plan; set enable_seqscan = off; set enable_indexonlyscan = off`;

/** A prepared transaction may run what no test has looked at the plan of: none of those is kept for longer. */
const PLANS_KEPT_SECONDS = 300;

/** @param options.onIdleError told when an idle connection breaks (PostgreSQL restarted); the pool replaces it. */
export function openDatabase(
  url: string,
  options: { poolSize: number; onIdleError: (error: Error) => void },
): Database {
  const settings = { connectionString: url, application_name: 'promosmith' };
  const { pool, close } = openPool({ ...settings, max: options.poolSize }, options.onIdleError);
  const openPipelines = (more: pg.PoolConfig) =>
    openPool(
      {
        ...settings,
        ...more,
        pipeline: true,
        onConnect: (client: pg.ClientBase) => client.query(PLANS_FOR_GOOD),
      } as pg.PoolConfig,
      options.onIdleError,
    );
  const pipelines = openPipelines({ max: BATCH_CONNECTIONS });
  const preparing = openPipelines({ max: PREPARED_CONNECTIONS, maxLifetimeSeconds: PLANS_KEPT_SECONDS });
  const kysely = new Kysely<unknown>({ dialect: new PostgresDialect({ pool }) });

  function transactionOn(client: pg.PoolClient): Transaction {
    let lazy: Kysely<unknown> | undefined;
    return {
      ...on(client, () => (lazy ??= kyselyOn(client))),
      ...inTurn(client),
      copyIn: (statement, chunks) => pipeline(Readable.from(chunks), client.query(copyFrom(statement))),
    };
  }

  async function attempt<Tx extends Queryable, T>(
    lender: pg.Pool,
    sendOn: (client: pg.PoolClient) => Tx,
    work: (tx: Tx) => Promise<T>,
  ): Promise<T> {
    const client = await lender.connect();
    let broken: Error | undefined;
    try {
      const begun = client.query('begin');
      // Only on a pipelined connection may the first statements travel with it.
      if (lender === pool) await begun;
      const [result] = await Promise.all([work(sendOn(client)), begun]);
      await client.query(isRefusal(result) ? 'rollback' : 'commit');
      return result;
    } catch (error) {
      await client.query('rollback').catch((rollbackError: Error) => {
        broken = rollbackError;
      });
      throw error;
    } finally {
      client.release(broken);
    }
  }

  async function retried<T>(tried: () => Promise<T>): Promise<T> {
    for (let tries = 1; ; tries++) {
      try {
        return await tried();
      } catch (error) {
        if (tries === ATTEMPTS || !isRetryable(error)) throw error;
      }
    }
  }

  return {
    ...on(pool, () => kysely),
    pool,
    transaction: (work) => retried(() => attempt(pool, transactionOn, work)),
    preparedTransaction: (work) =>
      retried(() =>
        attempt(preparing.pool, (client) => ({ ...preparedTogether(client), tables: noKysely }), work),
      ),
    async pipelined(work) {
      const client = await pipelines.pool.connect();
      let broken: Error | undefined;
      try {
        return await work({ ...together(client), tables: noKysely });
      } catch (error) {
        // What is still under way on the connection is unknown: it is not lent again.
        broken = error instanceof Error ? error : new Error(String(error));
        throw error;
      } finally {
        client.release(broken);
      }
    },
    close: async () => {
      await Promise.all([close(), pipelines.close(), preparing.close()]);
    },
  };
}
