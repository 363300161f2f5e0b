import { createDecipheriv, createECDH, createPublicKey, hkdfSync, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import type { IncomingHttpHeaders } from 'node:http';
import { createServer, type ServerOptions } from 'node:https';
import type { AddressInfo } from 'node:net';
import { jwtVerify } from 'jose';
import getTlsOptions from 'smtp-server/lib/tls-options.js';
import { Agent } from 'undici';
import type { Address } from '../senders/sender.ts';

/** What a push service was asked to deliver, with its signature checked. */
export interface Pushed {
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly claims: Record<string, unknown>;
  /** Decrypted as the browser does it. */
  readonly payload: Record<string, unknown>;
}

export interface Browser {
  readonly address: Address;
  readonly path: string;
}

export interface PushService extends AsyncDisposable {
  readonly received: Pushed[];
  /** Trusts this service. */
  readonly agent: Agent;
  browser(applicationServerKey: string): Browser;
  /** Answers a browser's path by this from now on; 0 breaks the connection. */
  answer(path: string, status: number, headers?: Record<string, string>): void;
}

/**
 * A real push service on this machine, by TLS, that knows the keys of its browsers.
 * @param certificate what it shows; one that nobody vouches for when left out.
 */
export async function startPushService(certificate: ServerOptions = getTlsOptions({})): Promise<PushService> {
  const received: Pushed[] = [];
  const browsers = new Map<
    string,
    { ecdh: ReturnType<typeof createECDH>; auth: Buffer; serverKey: string }
  >();
  const answers = new Map<string, { status: number; headers: Record<string, string> }>();
  const { key, cert } = certificate;
  const server = createServer({ key, cert }, async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const path = request.url ?? '';
    const browser = browsers.get(path);
    const answer = answers.get(path) ?? { status: browser ? 201 : 404, headers: {} };
    if (answer.status === 0) return request.socket.destroy();
    if (browser) {
      const claims = await verified(request.headers.authorization ?? '', browser.serverKey);
      const payload = JSON.parse(decrypt(Buffer.concat(chunks), browser.ecdh, browser.auth));
      received.push({ path, headers: request.headers, claims, payload });
    }
    response.writeHead(answer.status, answer.headers).end();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const origin = `https://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const agent = new Agent({ connect: { rejectUnauthorized: false } });
  return {
    received,
    agent,
    browser(applicationServerKey) {
      const ecdh = createECDH('prime256v1');
      ecdh.generateKeys();
      const auth = randomBytes(16);
      const path = `/push/${randomBytes(8).toString('hex')}`;
      browsers.set(path, { ecdh, auth, serverKey: applicationServerKey });
      const keys = {
        p256dh: ecdh.getPublicKey('base64url'),
        auth: auth.toString('base64url'),
        applicationServerKey,
      };
      return { path, address: { address: `${origin}${path}`, keys } };
    },
    answer: (path, status, headers = {}) => {
      answers.set(path, { status, headers });
    },
    async [Symbol.asyncDispose]() {
      await agent.destroy();
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

/** RFC 8292: `vapid t=<JWT>, k=<public key>`. */
async function verified(authorization: string, serverKey: string): Promise<Record<string, unknown>> {
  const [, token = '', shown] = /^vapid t=([^,]+), k=(\S+)$/.exec(authorization) ?? [];
  if (shown !== serverKey) throw new Error('signed by a key that the browser did not subscribe with');
  const point = Buffer.from(serverKey, 'base64url');
  const jwk = {
    kty: 'EC',
    crv: 'P-256',
    x: point.subarray(1, 33).toString('base64url'),
    y: point.subarray(33).toString('base64url'),
  };
  const { payload } = await jwtVerify(token, createPublicKey({ key: jwk, format: 'jwk' }));
  return payload;
}

const derive = (secret: Buffer, salt: Buffer, info: Buffer, length: number): Buffer =>
  Buffer.from(hkdfSync('sha256', secret, salt, info, length));

/** RFC 8291 over RFC 8188, one record. */
function decrypt(body: Buffer, ecdh: ReturnType<typeof createECDH>, auth: Buffer): string {
  const salt = body.subarray(0, 16);
  const idLength = body.readUInt8(20);
  const theirKey = body.subarray(21, 21 + idLength);
  const sealed = body.subarray(21 + idLength);
  const info = Buffer.concat([Buffer.from('WebPush: info\0'), ecdh.getPublicKey(), theirKey]);
  const secret = derive(ecdh.computeSecret(theirKey), auth, info, 32);
  const key = derive(secret, salt, Buffer.from('Content-Encoding: aes128gcm\0'), 16);
  const nonce = derive(secret, salt, Buffer.from('Content-Encoding: nonce\0'), 12);
  const decipher = createDecipheriv('aes-128-gcm', key, nonce);
  decipher.setAuthTag(sealed.subarray(-16));
  const plain = Buffer.concat([decipher.update(sealed.subarray(0, -16)), decipher.final()]);
  return plain.subarray(0, plain.lastIndexOf(2)).toString();
}
