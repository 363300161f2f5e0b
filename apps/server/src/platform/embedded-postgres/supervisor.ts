import type { ChildProcess } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { DataDirectoryInUseError, stopPostmaster } from './occupant.ts';

const pauseMs = 500;
const firstAttempts = 5;

/**
 * Keeps a server running: `start` is called again whenever the process it gave has ended.
 * @returns how to stop, once the first start has succeeded.
 */
export async function supervise(
  start: () => Promise<ChildProcess>,
  log: (line: string) => void,
): Promise<{ stop: () => Promise<void> }> {
  let stopping = false;
  let child = await firstStart(start);

  const keepRunning = async () => {
    while (!stopping) {
      const reason = await ended(child);
      if (stopping) return;
      log(`PostgreSQL (pid ${child.pid}) ended by itself (${reason}); starting it again`);
      child = (await startAgain()) ?? child;
    }
    await end(child);
  };
  const startAgain = async () => {
    while (!stopping) {
      try {
        const next = await start();
        log(`PostgreSQL runs again (pid ${next.pid})`);
        return next;
      } catch (error) {
        log(error instanceof Error ? error.message : String(error));
        await sleep(pauseMs);
      }
    }
    return undefined;
  };

  const endWithUs = () => child.kill('SIGINT');
  process.on('exit', endWithUs);
  const kept = keepRunning();
  const stop = async () => {
    stopping = true;
    await end(child);
    await kept;
    process.off('exit', endWithUs);
  };
  return { stop };
}

/** Retried, because backends of a killed server may take a moment to let go of its shared memory. */
async function firstStart(start: () => Promise<ChildProcess>): Promise<ChildProcess> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await start();
    } catch (error) {
      if (error instanceof DataDirectoryInUseError || attempt === firstAttempts) throw error;
      await sleep(pauseMs);
    }
  }
}

/** Resolves with what ended the process. */
function ended(child: ChildProcess): Promise<string> {
  const describe = () => child.signalCode ?? `exit code ${child.exitCode}`;
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve(describe());
  return new Promise((resolve) => child.once('exit', () => resolve(describe())));
}

async function end(child: ChildProcess): Promise<void> {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
  await stopPostmaster(child.pid);
}
