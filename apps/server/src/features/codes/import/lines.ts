/** A line of an uploaded file, still bytes. */
export interface RawLine {
  /** From 1. */
  number: number;
  /** Without its end; undefined when the line is longer than any real one. */
  bytes: Buffer | undefined;
  /** Of the file up to here, this line and its end included. */
  offset: number;
}

/** No line with codes is anywhere near as long: a longer one is not kept in memory. */
export const LONGEST_LINE = 16 * 1024;

const LF = 0x0a;
const CR = 0x0d;

/**
 * Cuts a file into lines, whatever their ends (LF, CRLF or CR) and however the bytes arrive. Codes and players' ids never
 * hold line breaks, so a line break ends a line even within quotes: one forgotten quote costs one line, not the rest of
 * the file.
 */
export async function* splitLines(source: AsyncIterable<Buffer>): AsyncGenerator<RawLine> {
  let number = 0;
  let offset = 0;
  let pieces: Buffer[] = [];
  let length = 0;
  let afterCr = false;

  const keep = (piece: Buffer) => {
    length += piece.length;
    if (length <= LONGEST_LINE) pieces.push(piece);
    else pieces = [];
  };
  const cut = (): RawLine => {
    const bytes = length <= LONGEST_LINE ? Buffer.concat(pieces) : undefined;
    pieces = [];
    length = 0;
    number += 1;
    return { number, bytes, offset };
  };

  for await (const chunk of source) {
    let from = 0;
    for (let at = 0; at < chunk.length; at++) {
      const byte = chunk[at];
      const endsCrLf = byte === LF && afterCr;
      afterCr = byte === CR;
      if (endsCrLf) {
        from = at + 1;
        offset += 1;
        continue;
      }
      if (byte !== LF && byte !== CR) continue;
      keep(chunk.subarray(from, at));
      offset += at + 1 - from;
      from = at + 1;
      yield cut();
    }
    keep(chunk.subarray(from));
    offset += chunk.length - from;
  }
  if (length > 0) yield cut();
}
