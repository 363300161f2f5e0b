import { ok, type Result, refuse } from '@promosmith/core';
import type { Database } from '../../../platform/db.ts';
import type { Secrets } from '../../../platform/secrets.ts';
import { deleteParts, findPart, insertPart } from '../store/imports.ts';

/** A file of at most this size is imported while its sender waits. */
const SMALL = 256 * 1024;
const PART = 256 * 1024;
export const LARGEST_UPLOAD = 1024 * 1024 * 1024;

/** An uploaded file: in memory when it is small, otherwise in parts in the database. */
export interface Upload {
  bytes: number;
  /** Line ends, so about as many lines. */
  lines: number;
  /** Undefined when the file is kept in parts. */
  small: Buffer | undefined;
}

/** Receives a file in constant memory. Refused as `too_large`; what was kept of it is deleted again. */
export async function receive(
  db: Database,
  secrets: Secrets,
  batchId: string,
  stream: AsyncIterable<Buffer>,
): Promise<Result<Upload>> {
  let waiting: Buffer[] = [];
  let size = 0;
  let parts = 0;
  let bytes = 0;
  let lines = 0;
  const keep = async () => {
    await insertPart(db, batchId, parts, encryptPart(secrets, Buffer.concat(waiting)));
    parts += 1;
    waiting = [];
    size = 0;
  };

  for await (const chunk of stream) {
    bytes += chunk.length;
    lines += countLineEnds(chunk);
    if (bytes > LARGEST_UPLOAD) {
      await deleteParts(db, batchId);
      return refuse('too_large', `A file of codes has at most ${LARGEST_UPLOAD} bytes.`);
    }
    waiting.push(chunk);
    size += chunk.length;
    if (size >= PART && bytes > SMALL) await keep();
  }
  if (parts === 0) return ok({ bytes, lines, small: Buffer.concat(waiting) });
  if (size > 0) await keep();
  return ok({ bytes, lines, small: undefined });
}

/** Keeps a file that was small enough for memory, but has to wait. */
export async function keepSmall(
  db: Database,
  secrets: Secrets,
  batchId: string,
  file: Buffer,
): Promise<void> {
  await insertPart(db, batchId, 0, encryptPart(secrets, file));
}

/** The file again, part by part. */
export async function* storedFile(db: Database, secrets: Secrets, batchId: string): AsyncGenerator<Buffer> {
  for (let part = 0; ; part++) {
    const content = await findPart(db, batchId, part);
    if (!content) return;
    yield Buffer.from(secrets.decrypt(content), 'latin1');
  }
}

/** Codes are never stored in the clear, nor are the files they come in. */
const encryptPart = (secrets: Secrets, bytes: Buffer): Buffer => secrets.encrypt(bytes.toString('latin1'));

function countLineEnds(chunk: Buffer): number {
  let count = 0;
  for (let at = chunk.indexOf(0x0a); at >= 0; at = chunk.indexOf(0x0a, at + 1)) count += 1;
  return count;
}
