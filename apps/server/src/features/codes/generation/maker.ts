import { startThread, type Thread } from '../thread.ts';
import type { PatternChoice } from './pattern.ts';

export interface MakerOptions {
  secretKey: Uint8Array;
  brandId: string;
  choice: PatternChoice;
  allowOffensive: boolean;
}

export interface MakeRequest {
  count: number;
  /** Player ids, one for each code. */
  holders?: readonly string[] | undefined;
}

/** Makes codes: rows of `COPIED` in binary COPY format. They are random, so they may be taken already. */
export type CodeMaker = Thread<MakeRequest, Uint8Array>;

export const startMaker = (options: MakerOptions): CodeMaker =>
  startThread(new URL('./worker.ts', import.meta.url), options);
