import { Readable } from 'node:stream';
import type { ShownRow } from './shown.ts';

/** Transactions commit in another order than they wrote: what changed that long before the last one seen is looked at again. */
export const OVERLAP_US = 10_000_000;

/** A stream that has that much unread is given up: its browser comes back and goes on where it stopped. */
const MOST_UNREAD_BYTES = 128 * 1024;

/** One open stream of a player's browser. */
export interface Connection {
  readonly playerId: string;
  readonly stream: Readable;
  /** Behind which changes are looked for, in µs since 1970. */
  behind(): number;
  /** Writes what it has not had yet. */
  deliver(rows: readonly ShownRow[]): void;
  beat(): void;
  end(): void;
}

/** @param cursor the last change its browser has seen, in µs; 0 for none. */
export function createConnection(playerId: string, cursor: number): Connection {
  const stream = new Readable({ read() {} });
  let isNew = cursor === 0;
  let last = cursor;
  /** Within the overlap: message and change, so that nothing is written twice. */
  let had: { name: string; changed: number }[] = [];

  function write(text: string): void {
    if (stream.destroyed) return;
    stream.push(text);
    if (stream.readableLength > MOST_UNREAD_BYTES) stream.destroy();
  }

  // The first line makes headers leave; browsers that reconnect by themselves wait that long.
  write('retry: 1000\n\n');
  return {
    playerId,
    stream,
    behind: () => Math.max(0, last - OVERLAP_US),
    deliver(rows) {
      for (const { message, changed, visible } of rows) {
        const name = `${message.id} ${changed}`;
        if (had.some((one) => one.name === name)) continue;
        had.push({ name, changed });
        last = Math.max(last, changed);
        // Who has seen nothing has nothing to take off the screen.
        if (!visible && isNew) continue;
        const data = visible ? message : { id: message.id };
        write(`event: ${visible ? 'message' : 'gone'}\nid: ${last}\ndata: ${JSON.stringify(data)}\n\n`);
      }
      isNew = false;
      had = had.filter(({ changed }) => changed > last - OVERLAP_US);
    },
    beat: () => write(':\n\n'),
    end() {
      if (!stream.destroyed) stream.push(null);
    },
  };
}
