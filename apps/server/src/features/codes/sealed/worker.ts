import { parentPort, workerData } from 'node:worker_threads';
import { openSecrets } from '../../../platform/secrets.ts';
import type { PatternChoice } from '../generation/pattern.ts';
import { openBatch } from './opener.ts';

export interface SealedThreadData {
  secretKey: Uint8Array;
  batchId: string;
  size: number;
  choice: PatternChoice;
}

/** Which codes: `[from, to)`. */
export interface IndexRange {
  from: number;
  to: number;
}

// Working out a sealed code takes some 50 µs; an export of a million of them would hold up every request.
const { secretKey, batchId, size, choice } = workerData as SealedThreadData;
const { codes } = openBatch(openSecrets(Buffer.from(secretKey)), batchId, size, choice);

parentPort?.on('message', ({ from, to }: IndexRange) => {
  const texts = Array.from({ length: to - from }, (_, at) => codes.codeAt(from + at).text);
  parentPort?.postMessage(texts);
});
