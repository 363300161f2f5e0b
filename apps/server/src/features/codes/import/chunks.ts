import type { CodeKind } from '@promosmith/contract';
import type { Header } from './header.ts';
import { type RawLine, splitLines } from './lines.ts';
import { type ReadLine, readLine } from './row.ts';

/** Lines of one transaction: their encrypting holds up requests for some ten milliseconds. */
const AT_ONCE = 1_000;

export interface Chunk {
  lines: ReadLine[];
  /** Number of its last line. */
  last: number;
  /** Bytes of the file up to its end. */
  offset: number;
}

/**
 * Reads a file in chunks of lines.
 * @param after number of the last line that is done; the header is line 1.
 */
export async function* readChunks(
  source: AsyncIterable<Buffer>,
  header: Header,
  kind: CodeKind,
  after: number,
): AsyncGenerator<Chunk> {
  let lines: ReadLine[] = [];
  let last: RawLine | undefined;
  for await (const raw of splitLines(source)) {
    if (raw.number <= after) continue;
    last = raw;
    lines.push(readLine(raw, header, kind));
    if (lines.length < AT_ONCE) continue;
    yield { lines, last: raw.number, offset: raw.offset };
    lines = [];
  }
  if (last && lines.length > 0) yield { lines, last: last.number, offset: last.offset };
}

/** The first line of a file, if it has any. */
export async function firstLine(source: AsyncIterable<Buffer>): Promise<RawLine | undefined> {
  for await (const line of splitLines(source)) return line;
  return undefined;
}
