import { createCipheriv, createDecipheriv, createSecretKey, randomBytes } from 'node:crypto';
import type { Secrets } from '../../platform/secrets.ts';

/** Keeps the texts of codes encrypted. */
export interface Sealing {
  /** As many results as texts, in their order. */
  seal(texts: readonly string[]): Buffer[];
  open(sealed: Buffer): string;
}

const ALGORITHM = 'aes-256-ctr';
const BLOCK = 16;

/**
 * AES-256 in counter mode: 16 bytes of counter, then the ciphertext. A million codes are encrypted in chunks, each chunk
 * under one run of counters from a random start: making a cipher for every code, as an authenticated mode asks for, takes
 * longer than everything else about a code together. Nothing is lost by having no tag: a code's row is found by an HMAC of
 * its text, so a text that was tampered with is no code.
 */
export function createSealing(secrets: Secrets): Sealing {
  const key = createSecretKey(secrets.key('code texts'));
  return {
    seal(texts) {
      const plain = texts.map((text) => Buffer.from(text));
      const starts = plain.map(() => 0);
      let blocks = 0;
      for (const [at, { length }] of plain.entries()) {
        starts[at] = blocks;
        blocks += Math.ceil(length / BLOCK);
      }
      const padded = Buffer.alloc(blocks * BLOCK);
      for (const [at, bytes] of plain.entries()) bytes.copy(padded, (starts[at] ?? 0) * BLOCK);
      const counter = randomBytes(BLOCK);
      const encrypted = createCipheriv(ALGORITHM, key, counter).update(padded);
      return plain.map(({ length }, at) => {
        const start = starts[at] ?? 0;
        const sealed = Buffer.allocUnsafe(BLOCK + length);
        writeCounter(sealed, counter, start);
        encrypted.copy(sealed, BLOCK, start * BLOCK, start * BLOCK + length);
        return sealed;
      });
    },
    open: (sealed) =>
      createDecipheriv(ALGORITHM, key, sealed.subarray(0, BLOCK)).update(
        sealed.subarray(BLOCK),
        undefined,
        'utf8',
      ),
  };
}

/** The counter of the block that is `blocks` further: a 128-bit number, big-endian, that wraps around. */
function writeCounter(to: Buffer, counter: Buffer, blocks: number): void {
  const low = counter.readBigUInt64BE(8) + BigInt(blocks);
  const high = counter.readBigUInt64BE(0) + (low >> 64n);
  to.writeBigUInt64BE(BigInt.asUintN(64, high), 0);
  to.writeBigUInt64BE(BigInt.asUintN(64, low), 8);
}
