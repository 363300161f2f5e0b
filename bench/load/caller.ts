import { connect } from 'node:net';

export interface CallerOptions {
  host: string;
  port: number;
  /** The next request as it goes over the wire; undefined when there is nothing left to send. */
  next: () => string | undefined;
  answered: (status: number, latencyMs: number) => void;
}

const BUFFER_BYTES = 64 * 1024;
const END_OF_HEAD = Buffer.from('\r\n\r\n');
const LENGTH = Buffer.from('\r\ncontent-length: ');
/** `HTTP/1.1 201`: where the status stands. */
const STATUS_AT = 9;
const ZERO = 48;

/**
 * One caller: one keep-alive connection with one request in flight, until there is nothing left to send. It reads only
 * the status and the length of answers, because the generator shares its cores with what it measures.
 */
export function call({ host, port, next, answered }: CallerOptions): Promise<void> {
  return new Promise((resolve, reject) => {
    const received = Buffer.allocUnsafe(BUFFER_BYTES);
    let held: Buffer | undefined;
    let sentAt = 0;

    function send(): void {
      const request = next();
      if (request === undefined) {
        socket.end();
        resolve();
        return;
      }
      sentAt = performance.now();
      socket.write(request, 'latin1');
    }

    function read(chunk: Buffer): void {
      const all = held ? Buffer.concat([held, chunk]) : chunk;
      if (!isWhole(all)) {
        held = Buffer.from(all);
        return;
      }
      held = undefined;
      answered(statusOf(all), performance.now() - sentAt);
      send();
    }

    const socket = connect({
      host,
      port,
      noDelay: true,
      onread: {
        buffer: received,
        callback: (bytes) => {
          read(received.subarray(0, bytes));
          return true;
        },
      },
    });
    socket.once('connect', send);
    socket.once('error', reject);
    socket.once('end', () => reject(new Error('the server closed the connection')));
  });
}

const digit = (bytes: Buffer, at: number): number => (bytes[at] ?? 0) - ZERO;

const statusOf = (bytes: Buffer): number =>
  digit(bytes, STATUS_AT) * 100 + digit(bytes, STATUS_AT + 1) * 10 + digit(bytes, STATUS_AT + 2);

function isWhole(bytes: Buffer): boolean {
  const headEnd = bytes.indexOf(END_OF_HEAD);
  if (headEnd < 0) return false;
  const lengthAt = bytes.indexOf(LENGTH);
  if (lengthAt < 0 || lengthAt > headEnd) throw new Error('an answer without a content-length');
  let length = 0;
  for (let at = lengthAt + LENGTH.length; ; at++) {
    const value = digit(bytes, at);
    if (value < 0 || value > 9) break;
    length = length * 10 + value;
  }
  const whole = headEnd + END_OF_HEAD.length + length;
  if (bytes.length > whole) throw new Error('more bytes than one answer, although one was asked for');
  return bytes.length === whole;
}
