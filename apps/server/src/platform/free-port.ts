import { createServer } from 'node:net';

/** A port of the address on which nothing listens now, as the system chooses it. */
export function freePort(address: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.on('error', reject);
    probe.listen(0, address, () => {
      const bound = probe.address();
      probe.close(() =>
        typeof bound === 'object' && bound ? resolve(bound.port) : reject(new Error('no free port')),
      );
    });
  });
}
