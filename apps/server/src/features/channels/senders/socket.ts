import dns from 'node:dns';
import net, { isIP, type LookupFunction, type Socket } from 'node:net';
import tls from 'node:tls';
import { isPublicAddress } from '../../../platform/outbound/address.ts';
import { ForbiddenAddressError, publicOnly } from '../../../platform/outbound/agent.ts';
import { askNameServers } from '../../../platform/outbound/name-servers.ts';

export interface Peer {
  readonly host: string;
  readonly port: number;
  readonly tls: boolean;
}

const resolvePublic = publicOnly(askNameServers());

const lookupPublic: LookupFunction = (hostname, options, callback) =>
  resolvePublic(hostname, { ...options, all: true }, (error, addresses) => {
    const [first] = addresses;
    if (error || options.all || !first) callback(error, addresses);
    else callback(null, first.address, first.family);
  });

/**
 * Connects to a host that somebody of a brand typed in; to a public one only, unless the operator allows others. The
 * address judged is the one connected to.
 * @throws when there is no connection within `timeoutMs`.
 */
export function connect(peer: Peer, allowPrivate: boolean, timeoutMs: number): Promise<Socket> {
  const { host, port } = peer;
  const lookup = allowPrivate ? dns.lookup : lookupPublic;
  return new Promise((resolve, reject) => {
    if (!allowPrivate && isIP(host) && !isPublicAddress(host)) return reject(new ForbiddenAddressError(host));
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
