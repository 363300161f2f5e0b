import type { Queryable } from '../../platform/db.ts';
import { isStored } from './kinds/index.ts';
import type { Cell, Column, CountedKind, Kind, Scope, Sources, SqlColumn, StoredKind } from './kinds/kind.ts';

export type { Cell } from './kinds/kind.ts';
export type Row = readonly Cell[];

/** A report that is to be read: of a kind, some of its columns, within a scope. */
export type Selection = SelectionOf<StoredKind, SqlColumn> | SelectionOf<CountedKind, Column>;

interface SelectionOf<Of extends Kind, Columns extends Column> {
  readonly kind: Of;
  readonly columns: readonly Columns[];
  readonly scope: Scope;
}

/** Where rows are read from. */
export interface Reading {
  readonly db: Queryable;
  readonly sources: Sources;
}

export interface Page {
  readonly rows: readonly Row[];
  /** Where the next one begins; null after the last. */
  readonly next: readonly string[] | null;
}

const AT_ONCE = 2_000;

const selected = ({ unit, sql }: SqlColumn): string => (unit === 'day' ? `(${sql})::text` : sql);

const isOfStored = (selection: Selection): selection is SelectionOf<StoredKind, SqlColumn> =>
  isStored(selection.kind);

/** @param after the key of the last row before. */
export const readPage = (
  { db, sources }: Reading,
  selection: Selection,
  after: readonly string[] | null,
  limit: number,
): Promise<Page> =>
  isOfStored(selection)
    ? readStored(db, selection, after, limit)
    : readCounted(sources, selection, after ?? [], limit);

async function readCounted(
  sources: Sources,
  { kind, columns, scope }: SelectionOf<CountedKind, Column>,
  [after]: readonly (string | undefined)[],
  limit: number,
): Promise<Page> {
  const rows = (await kind.rows(sources, scope))
    .filter(({ key }) => after === undefined || key < after)
    .toSorted((one, other) => (one.key < other.key ? 1 : -1));
  const shown = rows.slice(0, limit);
  return {
    rows: shown.map(({ cells }) => columns.map(({ name }) => cells[name] ?? null)),
    next: rows.length > limit ? shown.slice(-1).map(({ key }) => key) : null,
  };
}

export async function readStored(
  db: Queryable,
  { kind, columns, scope }: SelectionOf<StoredKind, SqlColumn>,
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
export async function* readRows(from: Reading, selection: Selection): AsyncGenerator<readonly Row[]> {
  let after: readonly string[] | null = null;
  do {
    const page: Page = await readPage(from, selection, after, AT_ONCE);
    yield page.rows;
    after = page.next;
  } while (after);
}
