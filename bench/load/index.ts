import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { LoadPlan, LoadResult } from './plan.ts';

export { type BetsPlan, type LoadPlan, type LoadResult, playerName, type RequestShape } from './plan.ts';

const worker = fileURLToPath(new URL('./worker.ts', import.meta.url));

/** Runs a plan in a process of its own. @throws when a connection breaks: a run is whole or it is none. */
export function runLoad(plan: LoadPlan): Promise<LoadResult> {
  const child = fork(worker, { execArgv: [] });
  return new Promise((resolve, reject) => {
    let result: LoadResult | undefined;
    child.once('message', (message) => {
      result = message as LoadResult;
    });
    child.once('error', reject);
    child.once('exit', (code) => {
      if (code === 0 && result) resolve(result);
      else reject(new Error(`the load generator ended with code ${code}`));
    });
    child.send(plan);
  });
}
