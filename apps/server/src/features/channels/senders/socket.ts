import net, { isIP, type Socket } from 'node:net';
import tls from 'node:tls';
import { mayCall } from '../../../platform/outbound/address.ts';
import { callableLookup, ForbiddenAddressError } from '../../../platform/outbound/agent.ts';

export interface Peer {
  readonly host: string;
  readonly port: number;
  readonly tls: boolean;
}

/**
 * Connects to a host that somebody of a brand typed in, where it may be called: see `mayCall`. The address judged is the one
 * connected to.
 * @throws when there is no connection within `timeoutMs`.
 */
export function connect(peer: Peer, allowPrivate: boolean, timeoutMs: number): Promise<Socket> {
  const { host, port } = peer;
  const lookup = callableLookup(allowPrivate);
  return new Promise((resolve, reject) => {
    if (isIP(host) && !mayCall(host, allowPrivate)) return reject(new ForbiddenAddressError(host));
    const options = { host, port, lookup };
    const socket = peer.tls
      ? tls.connect({ ...options, ...(isIP(host) ? {} : { servername: host }) })
      : net.connect(options);
    const fail = (error: Error): void => {
      socket.destroy();
      reject(error);
    };
    const giveUp = setTimeout(() => fail(new Error(`no connection within ${timeoutMs / 1000} s`)), timeoutMs);
    socket.once('error', fail);
    socket.once(peer.tls ? 'secureConnect' : 'connect', () => {
      clearTimeout(giveUp);
      socket.off('error', fail);
      resolve(socket);
    });
    socket.once('close', () => clearTimeout(giveUp));
  });
}
