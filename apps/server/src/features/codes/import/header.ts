import { type FieldError, ok, type Result, refuse } from '@promosmith/core';
import { cellsOf, decodeLine } from './cells.ts';
import type { RawLine } from './lines.ts';

export const COLUMNS = ['code', 'kind', 'holder', 'max_uses', 'starts_at', 'ends_at'] as const;
export type Column = (typeof COLUMNS)[number];

/** In an export for people to read; of no meaning to an import. */
const IGNORED = ['state', 'uses'];

const DELIMITERS = [',', ';', '\t'];

/** How the lines of a file are to be read. */
export interface Header {
  delimiter: string;
  /** Column of each cell; null for one that is ignored. */
  columns: readonly (Column | null)[];
}

/** Reads the first line. A column nobody knows is refused, as a mistyped `max_uses` would silently lift every limit. */
export function readHeader({ bytes }: RawLine): Result<Header> {
  const text = bytes ? decodeLine(withoutMark(bytes)) : refuse('line_too_long', 'is too long');
  if (!text.ok) return invalid([{ field: 'header', reason: text.refusal.message, fix: HOW }]);
  const delimiter = DELIMITERS.find((candidate) => text.value.includes(candidate)) ?? ',';
  const cells = cellsOf(text.value, delimiter);
  if (!cells.ok) return invalid([{ field: 'header', reason: cells.refusal.message, fix: HOW }]);
  const names = cells.value.map((cell) => cell.trim().toLowerCase());
  const faults = names.flatMap((name, at): FieldError[] => {
    if (!isKnown(name))
      return [
        { field: name.slice(0, 64) || `column ${at + 1}`, reason: 'is no column of an import', fix: HOW },
      ];
    return names.indexOf(name) === at ? [] : [{ field: name, reason: 'stands there twice' }];
  });
  if (!names.includes('code')) faults.push({ field: 'code', reason: 'is missing', fix: HOW });
  return faults.length > 0
    ? invalid(faults)
    : ok({ delimiter, columns: names.map((name) => COLUMNS.find((column) => column === name) ?? null) });
}

const HOW = `the first line names the columns: ${COLUMNS.join(', ')}`;

const isKnown = (name: string): boolean =>
  IGNORED.includes(name) || COLUMNS.some((column) => column === name);

const invalid = (errors: readonly FieldError[]) =>
  refuse('import_header_invalid', `The first line: ${errors[0]?.field} ${errors[0]?.reason}.`, errors);

/** UTF-8 files of some programs begin with a byte order mark. */
function withoutMark(bytes: Buffer): Buffer {
  return bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? bytes.subarray(3) : bytes;
}
