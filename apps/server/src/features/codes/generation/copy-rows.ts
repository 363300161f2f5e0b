/** A code ready to be stored. */
export interface CodeRow {
  /** 16 bytes. */
  key: Buffer;
  last4: string;
  /** Encrypted text. */
  sealed: Buffer;
  /** 16 bytes; undefined for a code anyone may use. */
  holder?: Buffer | undefined;
}

/** The columns, in the order they are written in. */
export const COPIED = 'code_key uuid, last4 text, sealed_text bytea, holder_id uuid';

const SIGNATURE = Buffer.from('PGCOPY\n\xff\r\n\0', 'latin1');
const FIELDS = 4;
const NULL = -1;

/** PostgreSQL's binary COPY format: PostgreSQL has nothing to parse, and a chunk is one buffer that a worker can hand over. */
export function encodeRows(rows: readonly CodeRow[]): Buffer<ArrayBuffer> {
  const header = SIGNATURE.length + 8;
  const size = rows.reduce((sum, row) => sum + sizeOf(row), header + 2);
  const out = Buffer.from(new ArrayBuffer(size));
  let at = SIGNATURE.copy(out) + 8;

  const bytes = (value: Buffer) => {
    at = out.writeInt32BE(value.length, at);
    at += value.copy(out, at);
  };
  for (const { key, last4, sealed, holder } of rows) {
    at = out.writeInt16BE(FIELDS, at);
    bytes(key);
    bytes(Buffer.from(last4));
    bytes(sealed);
    if (holder) bytes(holder);
    else at = out.writeInt32BE(NULL, at);
  }
  out.writeInt16BE(-1, at);
  return out;
}

const sizeOf = ({ key, last4, sealed, holder }: CodeRow): number =>
  2 + FIELDS * 4 + key.length + Buffer.byteLength(last4) + sealed.length + (holder?.length ?? 0);
