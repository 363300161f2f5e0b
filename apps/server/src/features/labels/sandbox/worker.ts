import { parentPort, workerData } from 'node:worker_threads';
import { createEngine } from './engine.ts';
import { BETWEEN, type Outcome, READY, type ThreadData, type Turn } from './messages.ts';

const { module, progress } = workerData as ThreadData;

/** After that a turn is handed back unfinished, so that other programs get theirs. */
const TURN_MS = 50;

// QuickJS asks this thread for the time and the time zone: it is told the instant of the evaluation, in UTC.
let instant = 0;
Date.now = () => instant;
Date.prototype.getTimezoneOffset = () => 0;

let engine = await createEngine(module);
// The first evaluations of a thread compile WebAssembly as they go; that is not a program's time.
engine.run({
  name: 'warm_up',
  source: `var s = ''; for (var i = 0; i < 20; i++) s += Math.random(); s.length`,
});

async function take({ program, task, instants }: Turn): Promise<Outcome[]> {
  const outcomes: Outcome[] = [];
  const end = performance.now() + TURN_MS;
  for (const [at, time] of instants.entries()) {
    if (at > 0 && performance.now() > end) break;
    if (engine.broken) engine = await createEngine(module);
    instant = time;
    Atomics.store(progress, 0, at);
    outcomes.push(engine[task](program));
    Atomics.store(progress, 0, BETWEEN);
  }
  return outcomes;
}

parentPort?.on('message', async (turn: Turn) => parentPort?.postMessage(await take(turn)));
parentPort?.postMessage(READY);
