import type { Server } from 'node:http';
import type { Socket } from 'node:net';

/** Long enough for a request that is on its way. */
const GRACE_MS = 1000;

/**
 * Connections on which nothing was ever asked, as browsers open them in advance. Node counts them among those with a
 * request under way, so that a server that closes would wait for them until its time-out.
 * @returns what closes those that have had time enough to ask.
 */
export function watchUnusedConnections(server: Server): () => void {
  const since = new Map<Socket, number>();
  server.on('connection', (socket: Socket) => {
    since.set(socket, performance.now());
    socket.once('close', () => since.delete(socket));
  });
  server.on('request', ({ socket }) => since.delete(socket));
  return () => {
    const latest = performance.now() - GRACE_MS;
    for (const [socket, at] of since) if (at < latest) socket.destroy();
  };
}
