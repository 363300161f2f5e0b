import cluster, { type Worker } from 'node:cluster';
import type { Logger } from 'pino';
import { delayAfter } from './delay.ts';
import type { ToPrimary } from './messages.ts';
import { leading } from './server-process.ts';
import { createTotals, tellServer } from './totals.ts';

export { isLeader, isServerProcess, leavePrimary, tellPrimary } from './server-process.ts';

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
 * that ends by itself is replaced, after a delay that grows while they end at once. One of them leads, and what replaces
 * it leads. They end when the primary does, however it ends.
 * @param options.args what each is started with, after the script.
 * @param options.environment what differs from the environment of the primary.
 */
export function startServerProcesses(options: {
  count: number;
  args: readonly string[];
  environment: Readonly<Record<string, string>>;
  log: Logger;
}): ServerProcesses {
  const { count, environment, log } = options;
  const totals = createTotals();
  const running = new Map<Worker, Promise<void>>();
  const delayed = new Set<NodeJS.Timeout>();
  const started = Promise.withResolvers<string>();
  let haveListened = 0;
  let stopping = false;
  let shortLives = 0;

  cluster.setupPrimary({ args: [...options.args] });
  for (let i = 0; i < count; i++) start(i === 0);

  function start(leads: boolean): void {
    const worker = cluster.fork({ ...environment, ...leading(leads) });
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
      if (haveListened >= count) replace(worker.process.pid, leads, reason ?? how, performance.now() - since);
      else started.reject(new ServerProcessError(reason ?? `A server process did not start: ${how}.`));
    }
  }

  function replace(pid: number | undefined, leads: boolean, why: string, livedMs: number): void {
    shortLives = livedMs < SHORT_LIFE_MS ? shortLives + 1 : 0;
    const delayMs = delayAfter(shortLives);
    log.error({ process: pid, why, delayMs }, 'a server process ended by itself; another takes its place');
    const timer = setTimeout(() => {
      delayed.delete(timer);
      start(leads);
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
