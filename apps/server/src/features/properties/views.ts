import type { EventFieldView, EventProperties, listEventProperties, RouteInput } from '@promosmith/contract';
import { ok, type Result } from '@promosmith/core';
import { DEFAULT_WHEN_SHOWN } from '@promosmith/core/content';
import type { EventField } from '@promosmith/core/journey';
import { z } from 'zod';
import type { Queryable } from '../../platform/db.ts';
import { decodeCursor, toPage } from '../../platform/http/cursor.ts';
import { BUILT_IN, type BuiltInField } from './built-in.ts';
import { labelOf } from './field.ts';
import { actionKey } from './reserved.ts';
import { type FieldRow, findAll, findFields, type KeyRow, listKeys } from './store.ts';

const iso = (at: Date | null): string | null => at?.toISOString() ?? null;

const builtInView = (key: string, fields: readonly BuiltInField[]): EventProperties => ({
  ...{ key, origin: 'built_in', reserved: false, firstSeenAt: null, lastSeenAt: null },
  fields: fields.map((field) => ({ ...field, origin: 'built_in', firstSeenAt: null, lastSeenAt: null })),
});

const fieldView = ({ key: _, label, firstSeenAt, lastSeenAt, ...field }: FieldRow): EventFieldView => ({
  ...field,
  label: label ?? labelOf(field.name),
  firstSeenAt: iso(firstSeenAt),
  lastSeenAt: iso(lastSeenAt),
});

export const viewOf = (row: KeyRow, fields: readonly FieldRow[]): EventProperties => ({
  key: row.key,
  origin: row.manual ? 'manual' : row.reserved ? 'content' : 'discovered',
  reserved: row.reserved || row.key === actionKey(DEFAULT_WHEN_SHOWN),
  fields: fields.map(fieldView),
  firstSeenAt: iso(row.firstSeenAt),
  lastSeenAt: iso(row.lastSeenAt),
});

const Cursor = z.tuple([z.string()]);

export async function listOfProperties(
  db: Queryable,
  brandId: string,
  { cursor, limit, source }: RouteInput<typeof listEventProperties>['query'],
): Promise<Result<{ items: EventProperties[]; nextCursor: string | null }>> {
  const place = decodeCursor(cursor, Cursor);
  if (!place.ok) return place;
  const after = place.value?.[0] ?? '';
  const prefix = source === undefined ? '' : `${source}:`;
  const rows = await listKeys(db, brandId, { after, prefix, limit: limit + 1 });
  const fields = await findFields(
    db,
    brandId,
    rows.map(({ key }) => key),
  );
  const builtIn = [...BUILT_IN].filter(([key]) => key > after && key.startsWith(prefix));
  const items = [
    ...builtIn.map(([key, some]) => builtInView(key, some)),
    ...rows.map((row) => viewOf(row, fields.get(row.key) ?? [])),
  ].sort((one, other) => (one.key < other.key ? -1 : 1));
  return ok(
    toPage(
      items,
      limit,
      ({ key }) => [key],
      (item) => item,
    ),
  );
}

/**
 * What events of a brand carry, as journeys ask: by `eventKey`, undefined for one that was neither seen nor registered.
 * Fields seen with values of several types are left out, and those that are both a value and what others are inside of.
 */
export async function eventFields(
  db: Queryable,
  brandId: string,
): Promise<(key: string) => readonly EventField[] | undefined> {
  const { keys, fields } = await findAll(db, brandId);
  const known = new Map<string, readonly EventField[]>(
    keys.map((key) => [key, unambiguous((fields.get(key) ?? []).flatMap(fieldOf))]),
  );
  return (key) =>
    BUILT_IN.get(key)?.map(({ example, ...field }) => ({ ...field, example: exampleOf(example) })) ??
    known.get(key);
}

const exampleOf = (example: EventFieldView['example']): EventField['example'] =>
  Array.isArray(example)
    ? example.filter((one) => typeof one === 'string')
    : (example as string | number | boolean);

const fieldOf = ({ name, type, label, example }: FieldRow): EventField[] =>
  type === 'mixed' ? [] : [{ name, type, label: label ?? labelOf(name), example: exampleOf(example) }];

const unambiguous = (fields: readonly EventField[]): readonly EventField[] =>
  fields.filter(({ name }) => !fields.some((other) => other.name.startsWith(`${name}.`)));
