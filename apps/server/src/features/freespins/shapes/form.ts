import { ok, type Result } from '@promosmith/core';
import { unreadable } from './signature.ts';

export type Fields = Readonly<Record<string, string>>;

/** `name=value&…` by name, in the order of their bytes, percent-encoded as forms are. */
export const sortedQuery = (fields: Fields): string => new URLSearchParams(sorted(fields)).toString();

/** The same with values as they are, not encoded. */
export const sortedPlain = (fields: Fields): string =>
  sorted(fields)
    .map(([name, value]) => `${name}=${value}`)
    .join('&');

const sorted = (fields: Fields): [string, string][] =>
  Object.entries(fields).sort(([one], [other]) => (one < other ? -1 : 1));

/** The fields of a form. One that has a name twice is refused: the two sides might not read the same one. */
export function readForm(body: Buffer): Result<Fields> {
  const fields = new Map<string, string>();
  for (const [name, value] of new URLSearchParams(body.toString('utf8'))) {
    if (fields.has(name)) return unreadable([{ field: name, reason: 'is there twice' }]);
    fields.set(name, value);
  }
  return ok(Object.fromEntries(fields));
}
