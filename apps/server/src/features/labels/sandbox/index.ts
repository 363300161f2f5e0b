import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { ok, type Result, refuse } from '@promosmith/core';
import type { LabelValue } from '@promosmith/core/labels';
import type { Logger } from 'pino';
import type { Metrics } from '../../../platform/metrics.ts';
import { createLanes, type TakenTurn } from './lanes.ts';
import { SANDBOX_LIMITS } from './limits.ts';
import type { Outcome, Program, Turn } from './messages.ts';
import { failed, tooSlow } from './outcome.ts';
import { startThread, type Taken, type Thread } from './thread.ts';

export { SANDBOX_LIMITS } from './limits.ts';
export type { Program } from './messages.ts';

/** Runs operators' JavaScript, where it can do no harm and hold up nothing. */
export interface Sandbox {
  /**
   * Runs a program once. Refusals: `label_failed`, `label_too_slow`, `label_out_of_memory`, `label_unusable_value`, and
   * `label_busy` when too much waits: later it may succeed.
   * @param at what it is told the time is.
   */
  run(program: Program, at: Date): Promise<Result<LabelValue>>;
  /** Whether it is a program, without running it. */
  check(program: Program): Promise<Result<undefined>>;
  close(): Promise<void>;
}

/** Two, so that one endless program leaves a way for the others; each is a processor's work at most. */
const THREADS = 2;

/**
 * A few threads, started when there is work. Each program has a lane of its own, and a thread takes turns with the lanes:
 * programs that are slow hold up one another and themselves.
 */
export function createSandbox({ log, metrics }: { log: Logger; metrics: Metrics }): Sandbox {
  const evaluations = metrics.counter(
    'promosmith_label_evaluations_total',
    'Runs of functions of label tags, by outcome',
    ['outcome'],
  );
  const lanes = createLanes();
  const idle: Thread[] = [];
  const atWork = new Set<Promise<void>>();
  let threads = 0;
  let closed = false;
  let engine: Promise<WebAssembly.Module> | undefined;

  function pump(): void {
    while (!closed && (idle.length > 0 || threads < THREADS)) {
      const turn = lanes.next();
      if (!turn) return;
      const work = serve(turn).finally(() => {
        atWork.delete(work);
        pump();
      });
      atWork.add(work);
    }
  }

  /** On a thread that is idle or new. */
  async function serve({ back, ...turn }: TakenTurn): Promise<void> {
    const thread = await idleThread();
    if (!thread) return back(turn.instants.map(() => noThread()));
    const taken = await thread.take(turn);
    if ('outcomes' in taken) idle.push(thread);
    else {
      threads--;
      log.warn({ label: turn.program.name, by: taken.by }, 'the thread of a label function was ended');
    }
    back(outcomesOf(taken, turn));
  }

  async function idleThread(): Promise<Thread | undefined> {
    for (let thread = idle.pop(); thread; thread = idle.pop()) {
      if (!thread.gone) return thread;
      threads--;
    }
    threads++;
    try {
      engine ??= loadEngine();
      return await startThread(await engine);
    } catch (error) {
      threads--;
      log.error({ err: error }, 'no thread for label functions could be started');
      return undefined;
    }
  }

  function ask(program: Program, task: Turn['task'], at: Date): Promise<Outcome> {
    if (closed) return Promise.resolve(noThread());
    const answer = lanes.join(program, task, at.getTime());
    pump();
    return answer;
  }

  return {
    async run(program, at) {
      const outcome = await ask(program, 'run', at);
      evaluations.inc({ outcome: outcome.ok ? 'value' : outcome.refusal.key });
      return outcome;
    },
    async check(program) {
      const outcome = await ask(program, 'check', new Date(0));
      return outcome.ok ? ok(undefined) : outcome;
    },
    async close() {
      closed = true;
      lanes.close(noThread());
      await Promise.all(atWork);
      await Promise.all(idle.map((thread) => thread.close()));
    },
  };
}

/** An outcome for each instant that has one; undefined for those whose turn is still to come. */
function outcomesOf(taken: Taken, { program: { name }, instants }: Turn): (Outcome | undefined)[] {
  if ('outcomes' in taken) return [...taken.outcomes];
  const culprit =
    taken.by === 'time'
      ? tooSlow(name, SANDBOX_LIMITS.wallMs)
      : failed(name, undefined, 'ended the thread it ran in');
  return instants.map((_, at) => (at === taken.endedAt ? culprit : undefined));
}

const noThread = () => refuse('label_busy', 'No label functions are run at the moment: try again later.');

async function loadEngine(): Promise<WebAssembly.Module> {
  const path = createRequire(import.meta.url).resolve('@jitl/quickjs-wasmfile-release-sync/wasm');
  return WebAssembly.compile(await readFile(path));
}
