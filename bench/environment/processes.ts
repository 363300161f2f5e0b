import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';

const LISTENS = /listens on (http:\S+)/;
const BYTES_PER_KIB = 1024;

/** A server in a process of its own, or in several. */
export interface ServerProcess {
  url: string;
  /** Bytes of memory its processes hold (resident sets). */
  memory(): number;
  /** Asks it to stop and waits until it has. */
  stop(): Promise<void>;
}

/** @param args of Node: its own options, the script and the script's arguments. */
export async function startServer(
  args: readonly string[],
  environment: Record<string, string>,
): Promise<ServerProcess> {
  const child = spawn(process.execPath, args, {
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const url = await listensOn(child);
  return {
    url,
    memory: () => residentOfTree(child.pid),
    async stop() {
      const ended = once(child, 'exit');
      child.kill('SIGTERM');
      await ended;
    },
  };
}

function listensOn(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    child.once('exit', (code) => reject(new Error(`the server ended with code ${code} before it listened`)));
    if (!child.stdout) throw new Error('the server has no output to read');
    createInterface({ input: child.stdout }).on('line', (line) => {
      const url = LISTENS.exec(line)?.[1];
      if (url) resolve(url);
    });
  });
}

/** Resident bytes of a process and of all it has started. */
function residentOfTree(root: number | undefined): number {
  const processes = execFileSync('ps', ['-e', '-o', 'pid=,ppid=,rss='], { encoding: 'utf8' })
    .trim()
    .split('\n')
    .map((line) => {
      const [pid, parent, kib = 0] = line.trim().split(/\s+/).map(Number);
      return { pid, parent, kib };
    });
  const tree = processes.filter(({ pid }) => pid === root);
  // Grows while it is walked.
  for (const { pid } of tree) tree.push(...processes.filter(({ parent }) => parent === pid));
  return tree.reduce((sum, { kib }) => sum + kib * BYTES_PER_KIB, 0);
}
