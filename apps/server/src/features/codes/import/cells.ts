import { ok, type Result, refuse } from '@promosmith/core';
import { parse } from 'csv-parse/sync';

const utf8 = new TextDecoder('utf-8', { fatal: true });

/** The text of a line, or why it is none. */
export function decodeLine(bytes: Buffer): Result<string> {
  try {
    return ok(utf8.decode(bytes));
  } catch {
    return refuse('not_utf8', 'is not valid UTF-8');
  }
}

/** The cells of one line. Most lines have no quotes and are cut at the delimiter; the rest is for the parser. */
export function cellsOf(line: string, delimiter: string): Result<string[]> {
  if (!line.includes('"')) return ok(line.split(delimiter));
  try {
    const [cells] = parse(line, { delimiter, relax_column_count: true, bom: false }) as string[][];
    return ok(cells ?? []);
  } catch {
    return refuse('bad_quotes', 'has a quote that is not closed, or text after a closing one');
  }
}
