import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

/** Streams of players that one process holds open. */
export interface StreamsPlan {
  readonly url: string;
  /** Of the players, in the order of the connections. */
  readonly tokens: readonly string[];
}

/** What a process that holds streams says: at the beginning, and when it is asked. */
export interface StreamsTold {
  readonly open: number;
  /** Messages that came so far: the place of the token among the plan's, and when, in milliseconds since 1970. */
  readonly arrivals: readonly (readonly [token: number, at: number])[];
}

const worker = fileURLToPath(new URL('./streams-worker.ts', import.meta.url));

/** Real connections in processes of their own, so that their memory is not that of anybody measured. */
export interface Streams extends AsyncDisposable {
  ask(): Promise<StreamsTold>;
}

/** @throws when a connection cannot be made, or breaks. */
export async function holdStreams(plan: StreamsPlan): Promise<Streams> {
  const child = fork(worker, { execArgv: [] });
  child.send(plan);
  await answerOf(child);
  return {
    ask() {
      child.send('how many');
      return answerOf(child);
    },
    async [Symbol.asyncDispose]() {
      const ended = once(child, 'exit');
      child.kill();
      await ended;
    },
  };
}

async function answerOf(child: ChildProcess): Promise<StreamsTold> {
  const stop = new AbortController();
  const ended = once(child, 'exit', stop).then(([code]) => {
    throw new Error(`a process that held streams ended with code ${code}`);
  });
  try {
    const [told] = await Promise.race([once(child, 'message', stop), ended]);
    return told;
  } finally {
    stop.abort();
    await ended.catch(() => undefined);
  }
}
