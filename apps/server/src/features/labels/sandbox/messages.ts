import type { Result } from '@promosmith/core';
import type { LabelValue } from '@promosmith/core/labels';

/** JavaScript whose last expression is the value of a label tag. */
export interface Program {
  /** Of the label tag; errors name it. */
  readonly name: string;
  readonly source: string;
}

/** What a thread is asked to do at once: the same program for one or more messages. */
export interface Turn {
  readonly program: Program;
  /** `check` only reads the program, and says `0` when it is one. */
  readonly task: 'run' | 'check';
  /** The time each evaluation is told, ms since 1970. */
  readonly instants: readonly number[];
}

/** Outcomes of a turn in the order of its instants: fewer than those when the thread's time was up before. */
export type Outcome = Result<LabelValue>;

/** What a thread is started with. */
export interface ThreadData {
  readonly module: WebAssembly.Module;
  /** One number: which instant of the turn is being worked on, or `BETWEEN`. */
  readonly progress: Int32Array<SharedArrayBuffer>;
}

export const BETWEEN = -1;

/** A thread's first message. */
export const READY = 'ready';
