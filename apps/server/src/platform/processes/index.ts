import cluster, { type Worker } from 'node:cluster';
import type { Logger } from 'pino';
import { delayAfter } from './delay.ts';
import type { ToPrimary } from './messages.ts';
import { createTotals, tellServer } from './totals.ts';

export { isServerProcess, leavePrimary, tellPrimary } from './server-process.ts';

/** One that ends sooner counts as ended at once, and the next waits. */
const SHORT_LIFE_MS = 10_000;

/** A server process did not get so far as to listen. */
export class ServerProcessError extends Error {
  override name = 'ServerProcessError';
}

export interface ServerProcesses {
  /**
   * The base URL all of them listen on, once they do.
   * @throws ServerProcessError when one of them cannot start, in the words it gave.
   */
  readonly url: Promise<string>;
  /** Lets every process finish what it has under way, and waits until they have ended. */
  stop(): Promise<void>;
}

/**
 * Runs several server processes that share one port, as the primary of a cluster: connections go round between them. One
 * that ends by itself is replaced, after a delay that grows while they end at once. They end when the primary does,
 * however it ends.
 * @param options.args what each is started with, after the script.
 * @param options.environmentOf what differs from the environment of the primary for the nth of them, from 0, and for what
 *   takes its place.
 */
export function startServerProcesses(options: {
  count: number;
  args: readonly string[];
  environmentOf: (nth: number) => Readonly<Record<string, string>>;
  log: Logger;
}): ServerProcesses {
  const { count, environmentOf, log } = options;
  const totals = createTotals();
  const running = new Map<Worker, Promise<void>>();
  const delayed = new Set<NodeJS.Timeout>();
  const started = Promise.withResolvers<string>();
  let haveListened = 0;
  let stopping = false;
  let shortLives = 0;

  cluster.setupPrimary({ args: [...options.args] });
  for (let i = 0; i < count; i++) start(i);

  function start(nth: number): void {
    const worker = cluster.fork(environmentOf(nth));
    const since = performance.now();
    const end = Promise.withResolvers<void>();
    let reason: string | undefined;
    running.set(worker, end.promise);

    worker.on('message', async (message: ToPrimary) => {
      if (message.kind === 'failed') reason = message.reason;
      if (message.kind === 'listens' && ++haveListened === count) started.resolve(message.url);
      if (message.kind === 'scrape') {
        const text = await totals.text([...running.keys()]);
        tellServer(worker, { kind: 'scraped', id: message.id, text });
      }
    });
    worker.on('error', (error) => {
      // Of a process that runs: it ended while it was told something. Its exit comes next.
      if (worker.process.pid === undefined) ended(error.message);
    });
    worker.once('exit', (code, signal) => {
      if (stopping && code) process.exitCode = code;
      ended(`it ended with ${signal ?? `code ${code}`}`);
    });

    function ended(how: string): void {
      running.delete(worker);
      totals.keep(worker);
      end.resolve();
      if (stopping) return;
      if (haveListened >= count) replace(nth, worker.process.pid, reason ?? how, performance.now() - since);
      else started.reject(new ServerProcessError(reason ?? `A server process did not start: ${how}.`));
    }
  }

  function replace(nth: number, pid: number | undefined, why: string, livedMs: number): void {
    shortLives = livedMs < SHORT_LIFE_MS ? shortLives + 1 : 0;
    const delayMs = delayAfter(shortLives);
    log.error({ process: pid, why, delayMs }, 'a server process ended by itself; another takes its place');
    const timer = setTimeout(() => {
      delayed.delete(timer);
      start(nth);
    }, delayMs);
    delayed.add(timer);
  }

  return {
    url: started.promise,
    async stop() {
      stopping = true;
      for (const timer of delayed) clearTimeout(timer);
      for (const worker of running.keys()) worker.process.kill('SIGTERM');
      await Promise.all(running.values());
    },
  };
}
