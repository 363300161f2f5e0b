import { createHash } from 'node:crypto';
import type { Actor, Draw } from '@promosmith/contract';
import { entriesText, pickPositions } from '@promosmith/core/draw';
import { drawLifecycle, move } from '@promosmith/core/lifecycle';
import type { Database, Transaction } from '../../../platform/db.ts';
import { type NewEvent, publish } from '../../../platform/outbox.ts';
import type { Secrets } from '../../../platform/secrets.ts';
import {
  type CancelledEntry,
  cancelEntriesOfExcluded,
  dropCancelledEntries,
  type Entry,
  entryPages,
} from './entries.ts';
import {
  type DrawKey,
  type DrawRecord,
  findDraw,
  insertWinners,
  markClosed,
  markDrawn,
  type Winner,
} from './store.ts';

const DRAWS: Actor = { kind: 'system', id: 'draws' };

/** Freezes the entries of a draw. The caller holds its row. @returns a refusal when it is not open. */
export async function close(tx: Transaction, { id, brandId, status }: DrawRecord) {
  const closed = move(drawLifecycle, status, 'closed');
  if (!closed.ok) return closed;
  const excluded = await cancelEntriesOfExcluded(tx, id);
  await dropCancelledEntries(tx, id);
  const time = (await markClosed(tx, id)).toISOString();
  await publish(tx, { brandId, actor: DRAWS, correlationId: id, time }, excluded.map(cancelledEvent));
  return closed;
}

const cancelledEvent = (entry: CancelledEntry): NewEvent => {
  const { grantId, campaignId, activationId, kind, currency, player } = entry;
  return {
    type: 'bonus.cancelled',
    subject: `grant/${grantId}`,
    data: { grantId, kind, campaignId, activationId, currency, player, amount: 0, reason: 'self_excluded' },
  };
};

/**
 * Holds a draw that is closed: everything follows from the seed that was committed to and the entries that are frozen,
 * so it does not matter who does it, or if two do. Reads the entries twice rather than keep them in memory.
 * @returns whether it was still to be held.
 */
export async function hold(db: Database, secrets: Secrets, { brandId, drawId }: DrawKey): Promise<boolean> {
  const draw = await findDraw(db, brandId, drawId);
  if (draw?.status !== 'closed') return false;
  const seed = secrets.decrypt(draw.sealedSeed);
  const frozen = await digest(db, drawId);
  const wanted = prizesInOrder(draw.prizes);
  const positions = await pickPositions({ seed, drawId, ...frozen }, wanted.length);
  const picked = await entriesAt(db, drawId, positions);
  const winners = picked.map((entry, at): Winner => ({ ...entry, place: at + 1, prize: wanted[at] ?? '' }));
  await db.transaction((tx) => record(tx, draw, { seed, ...frozen }, winners));
  return true;
}

/** The prize of each place. */
const prizesInOrder = (prizes: Draw['prizes']): string[] =>
  prizes.flatMap(({ name, winners }) => Array<string>(winners).fill(name));

async function digest(db: Database, drawId: string): Promise<{ entriesDigest: string; entryCount: number }> {
  const hash = createHash('sha256');
  let entryCount = 0;
  for await (const page of entryPages(db, drawId)) {
    hash.update(entriesText(page.map(({ grantId }) => grantId)));
    entryCount += page.length;
  }
  return { entriesDigest: hash.digest('hex'), entryCount };
}

/** The entries at the positions, in the order of the positions given. */
async function entriesAt(db: Database, drawId: string, positions: readonly number[]): Promise<Entry[]> {
  const wanted = new Set(positions);
  const found = new Map<number, Entry>();
  let before = 0;
  for await (const page of entryPages(db, drawId)) {
    for (const [at, entry] of page.entries()) if (wanted.has(before + at)) found.set(before + at, entry);
    before += page.length;
  }
  return positions.map((position) => {
    const entry = found.get(position);
    if (!entry) throw new Error(`draw ${drawId} has no entry ${position}: its entries are not frozen`);
    return entry;
  });
}

async function record(
  tx: Transaction,
  { id, brandId, key, name }: DrawRecord,
  result: { seed: string; entriesDigest: string; entryCount: number },
  winners: readonly Winner[],
): Promise<void> {
  const at = await markDrawn(tx, id, result);
  if (!at) return;
  await insertWinners(tx, id, winners);
  const { rows } = await tx.query<{ place: number; player: string }>(
    `select w.place, p.external_id as player from draw_winners w join players p on p.player_id = w.player_id
     where w.draw_id = $1`,
    [id],
  );
  const players = new Map(rows.map(({ place, player }) => [place, player]));
  const data = {
    drawId: id,
    key,
    name,
    ...result,
    winners: winners.map(({ place, prize, grantId }) => ({
      place,
      prize,
      entry: grantId,
      player: players.get(place),
    })),
  };
  const origin = { brandId, actor: DRAWS, correlationId: id, time: at.toISOString() };
  await publish(tx, origin, [{ type: 'draw.drawn', subject: `draw/${id}`, data }]);
}
