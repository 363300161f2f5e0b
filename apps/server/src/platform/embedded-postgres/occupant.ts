import { readFileSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Home } from './home.ts';
import { describeProcess, signalProcess, strayBackends, workingDirectory } from './processes.ts';

/**
 * Who may use a data directory is decided by PostgreSQL itself: only one postmaster can hold it. Each postmaster carries
 * on its command line which process of ours started it, so there is no second lock that could disagree or go stale.
 */
const supervisorSetting = 'promosmith.supervisor';

/** The postmaster setting that names this process as its supervisor. */
export function supervisorArgument(): string {
  return `${supervisorSetting}=${process.pid}/${describeProcess(process.pid)?.started ?? ''}`;
}

interface Postmaster {
  pid: number;
  /** Undefined when somebody started it by hand. */
  supervisor: { pid: number; alive: boolean } | undefined;
}

/** Contents of `postmaster.pid`: lines 1, 4 and 8 of what PostgreSQL writes there. */
export interface PidFile {
  pid: number;
  port: number;
  /** How far the start has come; `ready` at its end. */
  status: string;
}

export function readPidFile(cluster: string): PidFile | undefined {
  const lines = readLines(join(cluster, 'postmaster.pid'));
  return lines && { pid: Number(lines[0]), port: Number(lines[3]), status: lines[7]?.trim() ?? '' };
}

function readLines(file: string): string[] | undefined {
  try {
    return readFileSync(file, 'utf8').split('\n');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}

/** The postmaster that holds the directory now. A pid file whose pid now belongs to some other program does not count. */
export function findPostmaster(cluster: string): Postmaster | undefined {
  const pid = readPidFile(cluster)?.pid;
  return pid === undefined ? undefined : asPostmaster(pid, cluster);
}

function asPostmaster(pid: number, cluster: string): Postmaster | undefined {
  const command = describeProcess(pid)?.command;
  const inCluster = `${command} `.includes(`postgres -D ${cluster} `) || workingDirectory(pid) === cluster;
  if (!command || !inCluster) return undefined;
  const named = new RegExp(`${supervisorSetting}=(\\d+)/(\\S*)`).exec(command);
  if (!named) return { pid, supervisor: undefined };
  const supervisor = Number(named[1]);
  return { pid, supervisor: { pid: supervisor, alive: describeProcess(supervisor)?.started === named[2] } };
}

/** Thrown when a living process already serves the data directory. */
export class DataDirectoryInUseError extends Error {
  override name = 'DataDirectoryInUseError';
  constructor(cluster: string, pid: number, program: string) {
    super(
      `The data directory ${cluster} is in use by ${program} with process id ${pid}. Stop it first, or choose another data directory.`,
    );
  }
}

/**
 * Makes the directory ours to start in: refuses when a living server has it, and otherwise clears away what a killed one
 * left behind (a postmaster without supervisor, stray backends, a stale pid file).
 */
export async function takeOver(home: Home, log: (line: string) => void = () => {}): Promise<void> {
  const { cluster } = home;
  const postmaster = findPostmaster(cluster);
  if (postmaster) {
    if (!postmaster.supervisor)
      throw new DataDirectoryInUseError(cluster, postmaster.pid, 'a PostgreSQL server');
    if (postmaster.supervisor.alive) {
      throw new DataDirectoryInUseError(cluster, postmaster.supervisor.pid, 'another server');
    }
    log(`Stopping the PostgreSQL (pid ${postmaster.pid}) that a killed server left behind`);
    await stopPostmaster(postmaster.pid);
  }
  clearLeftovers(home);
}

/** Ends backends whose postmaster is dead, and removes lock files that name a process which is not our postmaster. */
function clearLeftovers({ cluster, sockets }: Home): void {
  for (const pid of strayBackends(cluster)) signalProcess(pid, 'SIGKILL');
  for (const lock of [join(cluster, 'postmaster.pid'), join(sockets, '.s.PGSQL.5432.lock')]) {
    const pid = Number(readLines(lock)?.[0]);
    // A lock without a pid is either being written this moment by a server that starts, or was cut off by a power failure.
    const dead = pid > 0 ? !asPostmaster(pid, cluster) : ageInMs(lock) > 2_000;
    if (dead) rmSync(lock, { force: true });
  }
}

function ageInMs(file: string): number {
  const modified = statSync(file, { throwIfNoEntry: false })?.mtimeMs;
  return modified === undefined ? 0 : Date.now() - modified;
}

/** Fast shutdown; harsher when it takes too long (PostgreSQL then recovers from its log at the next start). */
export async function stopPostmaster(pid: number): Promise<void> {
  const started = describeProcess(pid)?.started;
  const steps: [NodeJS.Signals, number][] = [
    ['SIGINT', 30_000],
    ['SIGQUIT', 5_000],
    ['SIGKILL', 5_000],
  ];
  for (const [signal, patience] of steps) {
    if (!started || !signalProcess(pid, signal)) return;
    const deadline = Date.now() + patience;
    while (Date.now() < deadline) {
      if (describeProcess(pid)?.started !== started) return;
      await sleep(20);
    }
  }
  throw new Error(`PostgreSQL (pid ${pid}) did not end, not even by SIGKILL`);
}
