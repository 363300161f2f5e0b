import { randomInt } from 'node:crypto';
import { createServer } from 'node:net';

/** Below the ports that systems give to connections on their way out: one of those may be taken before it is used. */
const FIRST = 10_000;
const LAST = 32_000;
const TRIES = 100;

/** A port of the address on which nothing listens now. @throws when the address can't be listened on. */
export async function freePort(address: string): Promise<number> {
  for (let tries = 1; ; tries++) {
    const port = randomInt(FIRST, LAST);
    try {
      await probe(address, port);
      return port;
    } catch (error) {
      const isTaken = (error as NodeJS.ErrnoException).code === 'EADDRINUSE';
      if (!isTaken || tries === TRIES) throw error;
    }
  }
}

function probe(address: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(port, address, () => server.close(() => resolve()));
  });
}
