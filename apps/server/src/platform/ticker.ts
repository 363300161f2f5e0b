import type { Logger } from 'pino';

export interface Ticker {
  /**
   * Runs `work` now and then every `everyMs`, never overlapping itself; while it returns `true` (there is more to
   * do) it runs again at once. A failure is logged and the next run comes as usual.
   */
  every(name: string, everyMs: number, work: () => Promise<boolean>): void;
  /** Runs the named work as soon as it is free: called after a commit that left it something to do. */
  nudge(name: string): void;
  /** Stops starting work and waits for what runs. */
  stop(): Promise<void>;
}

interface Task {
  running: Promise<void> | undefined;
  wanted: boolean;
  run(): void;
  timer: NodeJS.Timeout;
}

export function createTicker(log: Logger): Ticker {
  const tasks = new Map<string, Task>();
  let stopped = false;

  return {
    every(name, everyMs, work) {
      async function loop(task: Task): Promise<void> {
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
          else task.running = loop(task);
        },
        timer: setInterval(() => task.run(), everyMs),
      };
      tasks.set(name, task);
      task.run();
    },
    nudge: (name) => tasks.get(name)?.run(),
    async stop() {
      stopped = true;
      for (const task of tasks.values()) clearInterval(task.timer);
      await Promise.all([...tasks.values()].map((task) => task.running));
    },
  };
}
