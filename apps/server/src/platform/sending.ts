import type pg from 'pg';

/** A statement made before it goes out. */
export type Statement = pg.QueryConfig;

/** How statements go out, e.g. those of a transaction on the one connection it has. */
export interface Sending {
  query<Row extends pg.QueryResultRow = pg.QueryResultRow>(
    text: string | Statement,
    values?: readonly unknown[],
  ): Promise<pg.QueryResult<Row>>;
}

/**
 * Statements that are started without waiting run one after another: a connection that does not pipeline takes one at
 * a time. After one that failed none runs, as the transaction is over; its error is everybody's.
 */
export function inTurn(client: pg.PoolClient): Sending {
  let before: Promise<unknown> = Promise.resolve();
  return {
    query<Row extends pg.QueryResultRow>(text: string | Statement, values?: readonly unknown[]) {
      const sent = before.then(() => client.query<Row>(text as string, values as unknown[]));
      before = sent;
      // A turn later: by then the next statement has left, and who asked for this one may take long over its rows.
      return sent.then((result) => result);
    },
  };
}

/**
 * Statements started in one turn leave in one write. Each in a write of its own would wake the server and this process
 * for every one of them, which costs more than the statements.
 */
export function together(client: pg.PoolClient): Sending {
  const { stream } = client.connection;
  let held = false;
  const hold = (): void => {
    held = true;
    stream.cork();
    process.nextTick(() => {
      held = false;
      stream.uncork();
    });
  };
  return {
    query(text, values) {
      if (!held) hold();
      return client.query(text as string, values as unknown[]);
    },
  };
}

/** As `together`; what is a text is prepared, under a name of its own. */
export function preparedTogether(client: pg.PoolClient): Sending {
  const { query } = together(client);
  return {
    query: (text, values) =>
      typeof text === 'string' && values
        ? query({ name: preparedName(text), text, values: values as unknown[] })
        : query(text, values),
  };
}

/** More than there are: should texts be put together after all, a connection does not keep every one of them. */
const MOST_PREPARED = 1_000;
const names = new Map<string, string>();

function preparedName(text: string): string | undefined {
  const known = names.get(text);
  if (known !== undefined || names.size === MOST_PREPARED) return known;
  const name = `text.${names.size + 1}`;
  names.set(text, name);
  return name;
}
