import type { Readable } from 'node:stream';
import { ok, type Result, refuse } from '@promosmith/core';
import type { Platform } from '../../../platform/platform.ts';
import { type Connection, createConnection } from './connection.ts';
import { findChanged } from './shown.ts';
import { findSignalled } from './signals.ts';

const POLL_EVERY_MS = 50;
const BEAT_EVERY_MS = 25_000;
const LONGEST_LIFE_MS = 3_600_000;
const LOOK_EVERY_MS = 1000;
const MOST_PER_PLAYER = 5;
/** Players looked at by one statement. */
const AT_ONCE = 500;

/** The streams open in this process. */
export interface Hub {
  /** @param cursor see `Last-Event-ID`. */
  connect(playerId: string, cursor: number): Promise<Result<Readable>>;
  /** Ends all streams; browsers come back to another process, or to this one once it is up again. */
  drain(): void;
}

interface Open {
  readonly connection: Connection;
  beatAt: number;
  readonly endAt: number;
}

const tooMany = {
  ...refuse('rate_limited', 'The player has five streams open already.').refusal,
  retryAfterSeconds: 30,
};
const stopping = { ...refuse('not_ready', 'The server is stopping.').refusal, retryAfterSeconds: 1 };

/**
 * Hands messages to the browsers connected to this process. Each transaction that changes messages leaves a signal of
 * whose they are; it is looked for every 50 ms, and is only a hint. The messages themselves are looked at when a browser
 * connects, and at every heartbeat.
 */
export function createHub({
  db,
  log,
  metrics,
  ticker,
}: Pick<Platform, 'db' | 'log' | 'metrics' | 'ticker'>): Hub {
  const players = new Map<string, Set<Open>>();
  const seen = new Map<string, number>();
  let open = 0;
  let draining = false;
  metrics.gauge('promosmith_player_streams', 'Streams of players’ browsers that are open', (gauge) =>
    gauge.set(open),
  );

  function remove(one: Open): void {
    const { playerId } = one.connection;
    const streams = players.get(playerId);
    if (!streams?.delete(one)) return;
    open--;
    if (streams.size === 0) players.delete(playerId);
  }

  const connectionsOf = (playerIds: Iterable<string>): Connection[] =>
    [...playerIds].flatMap((playerId) =>
      [...(players.get(playerId) ?? [])].map(({ connection }) => connection),
    );

  async function deliver(connections: readonly Connection[]): Promise<void> {
    const behind = new Map<string, number>();
    for (const connection of connections) {
      const { playerId } = connection;
      behind.set(playerId, Math.min(behind.get(playerId) ?? Number.MAX_SAFE_INTEGER, connection.behind()));
    }
    const byPlayer = Map.groupBy(await findChanged(db, behind), ({ playerId }) => playerId);
    for (const connection of connections) connection.deliver(byPlayer.get(connection.playerId) ?? []);
  }

  async function inParts(connections: readonly Connection[]): Promise<void> {
    for (let start = 0; start < connections.length; start += AT_ONCE)
      await deliver(connections.slice(start, start + AT_ONCE));
  }

  ticker.everyHere('look for signals of messages', POLL_EVERY_MS, async () => {
    if (open === 0) return false;
    const signalled = await findSignalled(db, seen);
    await inParts(connectionsOf(signalled));
    return false;
  });

  ticker.everyHere('keep streams alive', LOOK_EVERY_MS, async () => {
    const now = performance.now();
    const due: Open[] = [];
    for (const streams of players.values())
      for (const one of streams) {
        if (one.endAt <= now) one.connection.end();
        else if (one.beatAt <= now) due.push(one);
      }
    for (const one of due) {
      one.beatAt = now + BEAT_EVERY_MS;
      one.connection.beat();
    }
    await inParts(due.map(({ connection }) => connection));
    return false;
  });

  return {
    async connect(playerId, cursor) {
      if (draining) return { ok: false, refusal: stopping };
      const streams = players.get(playerId) ?? new Set<Open>();
      if (streams.size >= MOST_PER_PLAYER) return { ok: false, refusal: tooMany };
      const connection = createConnection(playerId, cursor);
      const now = performance.now();
      // Not all that came together go together.
      const endAt = now + LONGEST_LIFE_MS * (1 - Math.random() / 10);
      const one: Open = { connection, beatAt: now + BEAT_EVERY_MS * Math.random(), endAt };
      players.set(playerId, streams.add(one));
      open++;
      connection.stream.once('close', () => remove(one));
      connection.stream.on('error', (err) => log.debug({ err }, 'a stream broke'));
      try {
        await deliver([connection]);
      } catch (error) {
        connection.stream.destroy();
        throw error;
      }
      return ok(connection.stream);
    },
    drain() {
      draining = true;
      for (const connection of connectionsOf(players.keys())) connection.end();
    },
  };
}
