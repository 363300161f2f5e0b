import pg from 'pg';

export interface Pool extends AsyncDisposable {
  readonly pool: pg.Pool;
  /** Waits for what is lent, then until every connection has ended: pg's own `end` comes back before that. */
  close(): Promise<void>;
}

/** A connection that breaks while it is lent rejects its queries; that is told there, not by an event of its own. */
const toldByQueries = (): void => {};

/** @param onIdleError told when an idle connection breaks (PostgreSQL restarted); the pool replaces it. */
export function openPool(config: pg.PoolConfig, onIdleError: (error: Error) => void = toldByQueries): Pool {
  const pool = new pg.Pool(config);
  const open = new Set<Promise<void>>();
  pool.on('error', onIdleError);
  pool.on('connect', (client) => {
    // Without a listener Node ends the process when a lent connection breaks.
    client.on('error', toldByQueries);
    const connection = new Promise<void>((ended) => client.once('end', ended));
    open.add(connection);
    void connection.then(() => open.delete(connection));
  });

  async function close(): Promise<void> {
    await pool.end();
    await Promise.all(open);
  }
  return { pool, close, [Symbol.asyncDispose]: close };
}
