import type { Actor } from '@promosmith/contract';
import type { Transaction } from '../db.ts';

/** What a job leaves for its readers: JSON. */
export type JobResult = Record<string, unknown>;

/** Where a step leaves the job. */
export interface Progress<Checkpoint> {
  /** In the unit of the kind: codes, bytes. */
  done: number;
  total?: number;
  /** JSON from which `run` goes on, in this process or another. */
  checkpoint?: Checkpoint;
}

/** How `run` or `undo` ended. */
export type Outcome =
  /** `write` is the last step: what it writes and the end of the job commit together. */
  | { outcome: 'finished'; write(tx: Transaction): Promise<JobResult> }
  /** It cannot be done, for a reason fit for the person who started it. `undo` follows. */
  | { outcome: 'failed'; reason: string }
  /** A step said so: the job was cancelled, belongs to another process by now, or this process drains. */
  | { outcome: 'interrupted' };

export const interrupted: Outcome = { outcome: 'interrupted' };

/** A job in the hands of this process. */
export interface JobRun<Input, Checkpoint> {
  readonly jobId: string;
  readonly brandId: string;
  /** Who started it: the actor of its events. */
  readonly actor: Actor;
  readonly input: Input;
  /** Of the last committed step. */
  readonly checkpoint: Checkpoint | undefined;
  readonly done: number;
  /** Aborted when the job is to stop: for work between steps that takes long. */
  readonly signal: AbortSignal;
  /**
   * One step: what `work` writes and where it leaves the job commit together, and only while the job still belongs to
   * this process. `work` may run more than once, so it has no effect outside the database.
   * @returns whether to go on; otherwise return `interrupted`.
   */
  step(work: (tx: Transaction) => Promise<Progress<Checkpoint>>): Promise<boolean>;
}

/** A kind of job. */
export interface JobKind<Input, Checkpoint> {
  /** Works in steps from the checkpoint on. An exception is a bug or a broken connection: it is tried again later. */
  run(job: JobRun<Input, Checkpoint>): Promise<Outcome>;
  /** Takes back, in steps, what `run` made, after it was cancelled or given up. */
  undo(job: JobRun<Input, Checkpoint>, why: 'cancelled' | 'failed'): Promise<Outcome>;
}

/** What is asked for when a job is started. */
export interface NewJob<Input> {
  brandId: string;
  actor: Actor;
  input: Input;
  total?: number;
}
