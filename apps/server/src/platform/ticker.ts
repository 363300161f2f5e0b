import type { Logger } from 'pino';
import { createLeisure } from './leisure.ts';

export interface Ticker {
  /**
   * Runs `work` now and then every `everyMs`, never overlapping itself; while it returns `true` (there is more to
   * do) it runs again at once. A failure is logged and the next run comes as usual. Only where this process looks for
   * work: what is due is found in the database, where one of a server's processes finds it for all.
   */
  every(name: string, everyMs: number, work: () => Promise<boolean>): void;
  /** As `every`, of work that may be late: it steps back while many requests change something. */
  atLeisure(name: string, everyMs: number, work: () => Promise<boolean>): void;
  /** As `every`, in each process: what it does is the process's own, or worth doing several times side by side. */
  everyHere(name: string, everyMs: number, work: () => Promise<boolean>): void;
  /** Runs the named work here as soon as it is free: called after a commit that left it something to do. */
  nudge(name: string): void;
  /**
   * Runs all that `every` was given here, one after the other, until none has more to do: for who tells a server what time
   * it is, instead of letting it pass.
   */
  runAll(except?: readonly string[]): Promise<void>;
  /** Waits until nothing runs. */
  idle(): Promise<void>;
  /** Stops starting work and waits for what runs. */
  stop(): Promise<void>;
}

interface Task {
  running: Promise<void> | undefined;
  wanted: boolean;
  run(): void;
}

/** @param options.isBusy whether there is much to do for those who wait for an answer. */
export function createTicker(
  log: Logger,
  { looksForWork, isBusy = () => false }: { looksForWork: boolean; isBusy?: () => boolean },
): Ticker {
  const leisure = createLeisure(isBusy);
  const tasks = new Map<string, Task>();
  const looking = new Set<Task>();
  const timers: NodeJS.Timeout[] = [];
  let stopped = false;

  function add(name: string, work: () => Promise<boolean>): Task {
    async function loop(): Promise<void> {
      do {
        task.wanted = false;
        try {
          task.wanted = (await work()) || task.wanted;
        } catch (error) {
          log.error({ err: error, task: name }, 'background task failed; it runs again at its next tick');
        }
      } while (task.wanted && !stopped);
      task.running = undefined;
    }
    const task: Task = {
      running: undefined,
      wanted: false,
      run() {
        if (stopped) return;
        if (task.running) task.wanted = true;
        else task.running = loop();
      },
    };
    tasks.set(name, task);
    return task;
  }

  async function idle(): Promise<void> {
    const running = () => [...tasks.values()].flatMap((task) => task.running ?? []);
    for (let left = running(); left.length > 0; left = running()) await Promise.all(left);
  }

  function start(task: Task, everyMs: number): void {
    timers.push(setInterval(() => task.run(), everyMs));
    task.run();
  }

  const every: Ticker['every'] = (name, everyMs, work) => {
    const task = add(name, work);
    looking.add(task);
    if (looksForWork) start(task, everyMs);
  };

  return {
    every,
    atLeisure: (name, everyMs, work) => every(name, everyMs, () => leisure.take(work)),
    everyHere: (name, everyMs, work) => start(add(name, work), everyMs),
    nudge: (name) => tasks.get(name)?.run(),
    async runAll(except = []) {
      for (const [name, task] of tasks) {
        if (!looking.has(task) || except.includes(name)) continue;
        task.run();
        await task.running;
      }
    },
    idle,
    async stop() {
      stopped = true;
      for (const timer of timers) clearInterval(timer);
      leisure.stop();
      await idle();
    },
  };
}
