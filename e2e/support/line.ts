import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

/** The line between a platform and its server, which can fail. */
export interface Line {
  /** Where the server is reached through it. */
  url: string;
  /** `cut`: nobody gets through. `deaf`: requests arrive, and no answer ever comes back. */
  state: 'up' | 'cut' | 'deaf';
  /** Requests with this text arrive, and their answers never come back. */
  deafTo: string | undefined;
  close(): Promise<void>;
}

/** @param url of the server at its other end. */
export async function layLine(url: string): Promise<Line> {
  const { hostname, port } = new URL(url);
  const open = new Set<Socket>();
  const server = createServer((near) => {
    if (line.state === 'cut') return near.destroy();
    const far = connect(Number(port), hostname);
    for (const [socket, other] of [
      [near, far],
      [far, near],
    ] as const) {
      open.add(socket);
      socket.on('error', () => other.destroy());
      socket.on('close', () => {
        open.delete(socket);
        other.destroy();
      });
    }
    let isDeaf = false;
    near.on('data', (part) => {
      if (line.deafTo !== undefined && part.includes(line.deafTo)) isDeaf = true;
      if (line.state === 'cut') near.destroy();
      else far.write(part);
    });
    far.on('data', (part) => {
      if (isDeaf || line.state !== 'up') near.destroy();
      else near.write(part);
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const line: Line = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    state: 'up',
    deafTo: undefined,
    async close() {
      for (const socket of open) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
  return line;
}
