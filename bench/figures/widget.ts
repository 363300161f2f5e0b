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
/** No multiple of what servers look for them by, so that they come at every point of that. */
const BETWEEN_MS = 23;
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

/**
 * Memory of the server with 10,000 players listening, over that of the same server before they came; and how long after
 * its commit a message is at its player's browser.
 */
export const widgetConnections: Group = {
  names: ['widget.connections_mb', 'widget.delivery_p99_ms'],
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
        const committed = await sendMessages(bench, app);
        const took = durations(committed, await untilAllArrived(all)).sort((a, b) => a - b);
        const [p50 = Number.NaN, p99 = Number.NaN] = [0.5, 0.99].map(
          (of) => took[Math.floor(took.length * of)],
        );
        note(`a message to the browser: p50 ${p50.toFixed(1)} ms, p99 ${p99.toFixed(1)} ms`);
        return [
          { name: 'widget.connections_mb', unit: 'MB', value },
          { name: 'widget.delivery_p99_ms', unit: 'ms', value: p99 },
        ];
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

/** Of each message: which connection is its player's, and when. */
type Instants = ReadonlyMap<number, number>;

/**
 * One inbox message for each of some of the players, spread over all of them, each in a transaction of its own. In this
 * process, which none of them is connected to.
 */
async function sendMessages({ db, brand: { brandId } }: Bench, { channels }: App): Promise<Instants> {
  const connections = Array.from({ length: MESSAGES }, (_, n) => n * (CONNECTIONS / MESSAGES));
  const requests = connections.map((connection) => {
    const playerExternalId = playerName(PLAYERS, connection);
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
  const committed = new Map<number, number>();
  for (const [n, request] of requests.entries()) {
    await db.transaction(async (tx) => {
      await channels.prepare(tx, brandId, [request], async (_tx, drafts) =>
        drafts.map(() => ({ ok: true, rendered: INBOX, labels: {} })),
      );
    });
    committed.set(connections[n] ?? Number.NaN, performance.timeOrigin + performance.now());
    await pause(BETWEEN_MS);
  }
  return committed;
}

const INBOX = {
  ...({ channel: 'inbox', locale: 'en', direction: 'ltr', expiresAfterMs: 3_600_000 } as const),
  ...{ title: 'Twenty spins', preview: 'For today', blocks: [] },
};

const durations = (from: Instants, until: Instants): number[] =>
  [...from].map(([connection, at]) => Math.max(0, (until.get(connection) ?? Number.NaN) - at));

/** A figure counts when every connection is still open, and everything sent has arrived. */
async function untilAllArrived(all: readonly Streams[]): Promise<Instants> {
  const deadline = performance.now() + ARRIVE_MS;
  for (;;) {
    const told = await Promise.all(all.map((streams) => streams.ask()));
    const open = told.reduce((sum, one) => sum + one.open, 0);
    const arrived = new Map(
      told.flatMap(({ arrivals }, part) => arrivals.map(([token, at]) => [part * PER_PROCESS + token, at])),
    );
    if (open !== CONNECTIONS) throw new Error(`${open} of ${CONNECTIONS} connections are open`);
    if (arrived.size === MESSAGES) return arrived;
    if (performance.now() > deadline) throw new Error(`${arrived.size} of ${MESSAGES} messages arrived`);
    await pause(100);
  }
}
