import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { constants, gzipSync } from 'node:zlib';
import { SignJWT } from 'jose';
import { type App, createApp } from '../../apps/server/src/app.ts';
import { loadConfig } from '../../apps/server/src/platform/config.ts';
import { newId, playerId } from '../../apps/server/src/platform/ids.ts';
import { buildWidget, WIDGET } from '../../apps/widget/build/build.ts';
import type { Bench, Group } from '../bench.ts';
import { PLAYERS } from '../environment/players.ts';
import { playerName } from '../load/index.ts';
import { holdStreams, type Streams } from '../load/streams.ts';
import { note } from '../report.ts';

const CONNECTIONS = 10_000;
/** Each takes a file descriptor of its process, and of the server's. */
const PER_PROCESS = 2_500;
const MESSAGES = 200;
/** Every connection has had a heartbeat by then. */
const SETTLE_MS = 30_000;
const ARRIVE_MS = 10_000;
const BYTES_PER_MB = 1_000_000;

/** What a page loads, as the server sends it to who takes gzip. */
export const widgetSize: Group = {
  names: ['widget.gzip_bytes'],
  async measure() {
    await buildWidget();
    const { length } = gzipSync(readFileSync(WIDGET), { level: constants.Z_BEST_COMPRESSION });
    return [{ name: 'widget.gzip_bytes', unit: 'bytes', value: length }];
  },
};

/** Memory of the server with 10,000 players listening, over that of the same server before they came. */
export const widgetConnections: Group = {
  names: ['widget.connections_mb'],
  async measure(bench) {
    const app = await createApp({ ...loadConfig(bench.brand.environment), logLevel: 'fatal' }, bench.db);
    try {
      const tokens = await makeTokens(bench, app);
      return await bench.withFreshServer(async (server) => {
        await (await holdStreams({ url: server.url, tokens: tokens.slice(0, 1) }))[Symbol.asyncDispose]();
        const idle = server.memory();
        await using stack = new AsyncDisposableStack();
        const all: Streams[] = [];
        for (let first = 0; first < CONNECTIONS; first += PER_PROCESS) {
          const part = tokens.slice(first, first + PER_PROCESS);
          all.push(stack.use(await holdStreams({ url: server.url, tokens: part })));
        }
        await pause(SETTLE_MS);
        const value = (server.memory() - idle) / BYTES_PER_MB;
        note(
          `${CONNECTIONS} connections: ${Math.round(value)} MB over ${Math.round(idle / BYTES_PER_MB)} MB`,
        );
        await sendMessages(bench, app);
        await checkThatAllListen(all);
        return [{ name: 'widget.connections_mb', unit: 'MB', value }];
      });
    } finally {
      await app.close();
    }
  },
};

async function makeTokens({ brand: { brandId } }: Bench, { brands }: App): Promise<string[]> {
  const secret = randomBytes(32).toString('hex');
  const actor = { kind: 'system', id: 'bench' } as const;
  const set = await brands.setPlayerTokens(brandId, { kind: 'hs256', secrets: [secret] }, { actor });
  if (!set.ok) throw new Error(set.refusal.message);
  const key = new TextEncoder().encode(secret);
  const sign = (nth: number) =>
    new SignJWT({ brand: 'bench' })
      .setProtectedHeader({ alg: 'HS256' })
      .setSubject(playerName(PLAYERS, nth))
      .setExpirationTime('6h')
      .sign(key);
  return Promise.all(Array.from({ length: CONNECTIONS }, (_, nth) => sign(nth)));
}

/** One inbox message for each of some of the players, spread over all of them. */
async function sendMessages({ db, brand: { brandId } }: Bench, { channels }: App): Promise<void> {
  const requests = Array.from({ length: MESSAGES }, (_, n) => {
    const playerExternalId = playerName(PLAYERS, n * (CONNECTIONS / MESSAGES));
    const enrolmentId = newId();
    return {
      ...{ brandId, playerExternalId, playerId: playerId(brandId, playerExternalId) },
      ...({ channel: 'inbox', product: 'casino', contentId: newId(), contentVersion: 1 } as const),
      ...{ originKey: `${enrolmentId}/1`, expiresAfterMs: 3_600_000 },
      origin: { kind: 'journey', journeyId: newId(), enrolmentId, seq: 1 } as const,
    };
  });
  await db.query(
    `update players set consents = jsonb_set(consents, '{casino,inbox}', '{"granted": true}') where player_id = any($1::uuid[])`,
    [requests.map((request) => request.playerId)],
  );
  await db.transaction(async (tx) => {
    await channels.prepare(tx, brandId, requests, async (_tx, drafts) =>
      drafts.map(() => ({ ok: true, rendered: INBOX, labels: {} })),
    );
  });
}

const INBOX = {
  ...({ channel: 'inbox', locale: 'en', direction: 'ltr', expiresAfterMs: 3_600_000 } as const),
  ...{ title: 'Twenty spins', preview: 'For today', blocks: [] },
};

/** A figure counts when every connection is still open, and everything sent has arrived. */
async function checkThatAllListen(all: readonly Streams[]): Promise<void> {
  const deadline = performance.now() + ARRIVE_MS;
  for (;;) {
    const told = await Promise.all(all.map((streams) => streams.ask()));
    const open = told.reduce((sum, one) => sum + one.open, 0);
    const messages = told.reduce((sum, one) => sum + one.messages, 0);
    if (open !== CONNECTIONS) throw new Error(`${open} of ${CONNECTIONS} connections are open`);
    if (messages === MESSAGES) return;
    if (performance.now() > deadline) throw new Error(`${messages} of ${MESSAGES} messages arrived`);
    await pause(100);
  }
}
