import { createHmac, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { DEMO_PROVIDER } from '../offers.ts';
import type { World } from './world.ts';

/** What a package of free spins was ordered with. */
interface Order {
  issue_id: string;
  currency: string;
  freespins_quantity: number;
  bet_level: number;
  user: { id: string };
}

/** The systems around the platform: the studio of the free spins, and who listens to webhooks. */
export interface Outside extends AsyncDisposable {
  url(path: string): string;
  /** Players finish packages that they were given. */
  playSpins(): Promise<void>;
  /** Whether what comes to a path is answered with an error. */
  break(path: string, isBroken: boolean): void;
  /** Registers what is to be done before nothing is there any more. */
  onLeave(work: () => Promise<void>): void;
  leave(): Promise<void>;
}

export async function startOutside(world: World): Promise<Outside> {
  const { random, platform, url } = world;
  const secret = randomBytes(32).toString('hex');
  const broken = new Set<string>();
  const orders: Order[] = [];
  const leaving: (() => Promise<void>)[] = [];
  const server = createServer(async (request, response) => {
    const path = request.url ?? '/';
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    if ([...broken].some((start) => path.startsWith(start))) {
      response.writeHead(503).end('maintenance');
      return;
    }
    if (path === '/studio/freespins/issue') orders.push(JSON.parse(Buffer.concat(chunks).toString()));
    response.writeHead(200, { 'content-type': 'application/json' }).end('{"id":"order"}');
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const { brand } = await platform.getMe({});
  await platform.putFreeRoundProvider({
    params: { provider: DEMO_PROVIDER },
    body: { shape: 'hmac256', baseUrl: `${base}/studio`, accountId: brand, secret },
  });

  async function finish({ issue_id, currency, freespins_quantity, bet_level, user }: Order): Promise<void> {
    const won = Math.round(freespins_quantity * bet_level * random.pick([0, 0.2, 0.4, 0.6, 0.9, 1.3, 2.5]));
    const body = JSON.stringify({
      ...{ issue_id, status: 'played', total_amount: won, spins_played: freespins_quantity },
      ...{ transaction_id: `spins-of-${issue_id}`, user_id: user.id, currency },
    });
    const sign = createHmac('sha256', secret).update(body).digest('hex');
    const answer = await fetch(`${url}/v1/providers/${brand}/${DEMO_PROVIDER}/callbacks`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-request-sign': sign },
      body,
    });
    if (!answer.ok)
      throw new Error(`the end of free spins was answered ${answer.status}: ${await answer.text()}`);
  }

  return {
    url: (path) => `${base}${path}`,
    async playSpins() {
      const now = orders.splice(0).filter(() => random.chance(0.8));
      for (const order of now) await finish(order);
    },
    break(path, isBroken) {
      if (isBroken) broken.add(path);
      else broken.delete(path);
    },
    onLeave: (work) => void leaving.push(work),
    async leave() {
      for (const work of leaving) await work();
    },
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
