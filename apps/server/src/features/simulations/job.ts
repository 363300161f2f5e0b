import { interrupted, type JobKind } from '../../platform/jobs/index.ts';
import type { WorkerInput } from './messages.ts';
import { saveResult } from './store.ts';
import { startThread } from './thread.ts';

/** Jobs of simulations count basis points. */
export const WHOLE = 10_000;
const STEP_EVERY_MS = 500;

export interface SimulationInput {
  simulationId: string;
}

type Job = JobKind<SimulationInput, { runs: number }>;

/** A run that breaks is begun anew, but not for ever: its steps, unlike those of others, are no headway. */
const MOST_RUNS = 3;
const BROKE = 'It broke again and again; the log says why under the id of the job.';

/**
 * Runs a simulation from its beginning to its end: one that another process began is begun anew, as nothing of it is
 * written before it is over.
 * @param inputOf what the thread has to know; undefined when there is no such simulation.
 */
export const simulationJob = (
  inputOf: (brandId: string, simulationId: string) => Promise<WorkerInput | undefined>,
): Job => ({
  async run(job) {
    const { simulationId } = job.input;
    const input = await inputOf(job.brandId, simulationId);
    if (!input) return { outcome: 'failed', reason: 'There is no such simulation.' };
    const runs = (job.checkpoint?.runs ?? 0) + 1;
    if (runs > MOST_RUNS) return { outcome: 'failed', reason: BROKE };
    if (!(await job.step(async () => ({ done: 0, checkpoint: { runs } })))) return interrupted;
    const thread = startThread(input);
    try {
      for (;;) {
        const { doneBps, result, impossible } = await thread.next(STEP_EVERY_MS);
        if (impossible !== undefined) return { outcome: 'failed', reason: impossible };
        if (!(await job.step(async () => ({ done: doneBps, total: WHOLE })))) return interrupted;
        if (!result) continue;
        return {
          outcome: 'finished',
          async write(tx) {
            await saveResult(tx, simulationId, result);
            return { simulationId };
          },
        };
      }
    } finally {
      await thread.close();
    }
  },
  undo: async () => ({ outcome: 'finished', write: async () => ({}) }),
});
