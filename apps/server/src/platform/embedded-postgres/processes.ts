import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, readlinkSync } from 'node:fs';

/** A running process as the operating system describes it. */
export interface RunningProcess {
  parent: number;
  /** Start time in whatever form the system keeps it: with the pid it names a process for good, whatever pids are reused. */
  started: string;
  /** The command line, arguments joined by spaces. */
  command: string;
}

/** Undefined when no such process runs; a zombie does not run. */
export function describeProcess(pid: number): RunningProcess | undefined {
  if (!Number.isInteger(pid) || pid <= 0) return undefined;
  return process.platform === 'linux' ? fromProc(pid) : fromPs(pid);
}

function fromProc(pid: number): RunningProcess | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The second field is the program's name in parentheses and may itself hold spaces and parentheses.
    const [state, parent, ...rest] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    if (state === 'Z' || state === 'X') return undefined;
    const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0').join(' ').trim();
    return { parent: Number(parent), started: rest[17] ?? '', command };
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}

function fromPs(pid: number): RunningProcess | undefined {
  try {
    const line = execFileSync('ps', ['-ww', '-o', 'stat=,ppid=,lstart=,command=', '-p', String(pid)], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
      env: { PATH: '/bin:/usr/bin', LC_ALL: 'C' },
    });
    const [state, parent, ...rest] = line.trim().split(/\s+/);
    if (!state || state.startsWith('Z')) return undefined;
    return { parent: Number(parent), started: rest.slice(0, 5).join('_'), command: rest.slice(5).join(' ') };
  } catch {
    // ps exits with 1 when there is no such process.
    return undefined;
  }
}

/**
 * The backends that a killed postmaster may have left at work in a data directory: PostgreSQL refuses to start again while
 * one of them is attached to the shared memory. Known on Linux only; elsewhere they end by themselves.
 */
export function strayBackends(cluster: string): number[] {
  if (process.platform !== 'linux') return [];
  return readdirSync('/proc')
    .map(Number)
    .filter(
      (pid) => workingDirectory(pid) === cluster && describeProcess(pid)?.command.startsWith('postgres: '),
    )
    .filter((pid) => workingDirectory(describeProcess(pid)?.parent ?? 0) !== cluster);
}

/** Known on Linux only, and of processes whose account is ours unless we are root. A postmaster works in its data directory. */
export function workingDirectory(pid: number): string | undefined {
  try {
    return readlinkSync(`/proc/${pid}/cwd`);
  } catch {
    // Gone by now, or another user's: not a process of ours either way.
    return undefined;
  }
}

/** Sends a signal; false when the process was already gone. */
export function signalProcess(pid: number, signal: NodeJS.Signals): boolean {
  try {
    return process.kill(pid, signal);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ESRCH') return false;
    throw error;
  }
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ESRCH');
}
