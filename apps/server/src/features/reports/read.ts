import type { Queryable } from '../../platform/db.ts';
import type { Column, Kind, Scope } from './kinds/kind.ts';

/** As PostgreSQL gives it: days and ids are text. */
export type Cell = string | number | Date | null;
export type Row = readonly Cell[];

/** A report that is to be read: of a kind, some of its columns, within a scope. */
export interface Selection {
  readonly kind: Kind;
  readonly columns: readonly Column[];
  readonly scope: Scope;
}

export interface Page {
  readonly rows: readonly Row[];
  /** Where the next one begins; null after the last. */
  readonly next: readonly string[] | null;
}

const AT_ONCE = 2_000;

const selected = ({ unit, sql }: Column): string => (unit === 'day' ? `(${sql})::text` : sql);

/** @param after the key of the last row before. */
export async function readPage(
  db: Queryable,
  { kind, columns, scope }: Selection,
  after: readonly string[] | null,
  limit: number,
): Promise<Page> {
  const values: unknown[] = [];
  const param = (value: unknown, type: string): string => `$${values.push(value)}::${type}`;
  const keys = kind.key.map(({ sql }) => sql).join(', ');
  const source = kind.source(scope, param);
  const beyond = after
    ? `and (${keys}) < (${kind.key.map(({ type }, n) => param(after[n], type)).join(', ')})`
    : '';
  const { rows } = await db.query<Record<`c${number}`, Cell> & { key: string[] }>(
    `select ${columns.map((column, n) => `${selected(column)} as c${n}`).join(', ')},
       array[${kind.key.map(({ sql }) => `(${sql})::text`).join(', ')}] as key
     ${source} ${beyond}
     ${kind.groupBy === undefined ? '' : `group by ${kind.groupBy}`}
     order by ${kind.key.map(({ sql }) => `${sql} desc`).join(', ')}
     limit ${param(limit + 1, 'integer')}`,
    values,
  );
  const shown = rows.slice(0, limit);
  return {
    rows: shown.map((row) => columns.map((_, n) => row[`c${n}`] ?? null)),
    next: rows.length > limit ? (shown.at(-1)?.key ?? null) : null,
  };
}

/** All rows, page by page: memory stays small, and a slow reader holds no connection. */
export async function* readRows(db: Queryable, selection: Selection): AsyncGenerator<readonly Row[]> {
  let after: readonly string[] | null = null;
  do {
    const page: Page = await readPage(db, selection, after, AT_ONCE);
    yield page.rows;
    after = page.next;
  } while (after);
}
