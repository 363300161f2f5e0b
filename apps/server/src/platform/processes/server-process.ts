import cluster from 'node:cluster';
import type { Report, ToPrimary, ToServer } from './messages.ts';

/** Whether this is one of several server processes that a primary has started. It ends at once when the primary does. */
export const isServerProcess: boolean = cluster.isWorker;

/** Tells the primary something. Only in a server process. */
export function tellPrimary(message: ToPrimary): void {
  process.send?.(message);
}

/** At the end of a server process: the channel to the primary would keep it alive. */
export function leavePrimary(): void {
  cluster.worker?.disconnect();
}

/**
 * Gives the primary this process's metrics whenever it asks.
 * @returns how to get the text of a scrape, which speaks of all processes.
 */
export function joinScrapes(measure: () => Promise<Report>): () => Promise<string> {
  const waiting = new Map<number, (text: string) => void>();
  let scrapes = 0;

  process.on('message', async (message: ToServer) => {
    const { id } = message;
    if (message.kind === 'measure') tellPrimary({ kind: 'report', id, report: await measure() });
    else {
      waiting.get(id)?.(message.text);
      waiting.delete(id);
    }
  });

  return () =>
    new Promise((resolve) => {
      const id = ++scrapes;
      waiting.set(id, resolve);
      tellPrimary({ kind: 'scrape', id });
    });
}
