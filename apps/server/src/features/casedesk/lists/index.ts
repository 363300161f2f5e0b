import type {
  Actor,
  ListEntry,
  ListedKind,
  listRiskLists,
  putOnRiskList,
  RouteInput,
} from '@promosmith/contract';
import { Id } from '@promosmith/contract';
import { ok, type Result, refuse } from '@promosmith/core';
import { z } from 'zod';
import { audit } from '../../../platform/audit.ts';
import type { Database, Queryable } from '../../../platform/db.ts';
import { decodeCursor, toPage } from '../../../platform/http/cursor.ts';
import { newId, playerId } from '../../../platform/ids.ts';
import { hasPassed, refusePassed } from '../../../platform/passed.ts';
import { type Identifiers, isNetwork, readNetwork } from '../../risk/index.ts';
import { deleteEntry, findEntries, lockEntry, type NewEntry, putEntry } from './store.ts';

export { deleteOver } from './store.ts';

export interface By {
  readonly brandId: string;
  readonly actor: Actor;
  readonly requestId: string;
}

export interface Lists {
  list(
    brandId: string,
    query: RouteInput<typeof listRiskLists>['query'],
  ): Promise<Result<{ items: ListEntry[]; nextCursor: string | null }>>;
  /** Says it in place of what was said before. */
  put(
    entry: RouteInput<typeof putOnRiskList>['body'],
    by: By,
  ): Promise<Result<{ entry: ListEntry; created: boolean }>>;
  takeOff(entryId: string, by: By): Promise<Result<null>>;
  /** In the caller's transaction: the player is not held or declined for so many days. One who is allowed for longer stays so. */
  allowPlayer(tx: Queryable, player: string, days: number, reason: string, by: By): Promise<void>;
}

const Cursor = z.tuple([Id]);
const DAY_MS = 86_400_000;

/** Who is blocked and who is allowed, whatever the indicators say. */
export function createLists(db: Database, identifiers: Identifiers): Lists {
  /** What is meant: its key, and what staff may see of it. */
  function identify(brandId: string, kind: ListedKind, value: string): Result<Named> {
    if (kind === 'player')
      return ok({ key: playerId(brandId, value), hint: value, player: value, network: null });
    if (kind === 'address' && isNetwork(value)) {
      const read = readNetwork(value);
      if ('reason' in read) return refuseValue(read.reason);
      if ('address' in read) return identify(brandId, kind, read.address);
      const { network } = read;
      return ok({ key: identifiers.keyOfNetwork(brandId, network), hint: network, player: null, network });
    }
    const found = identifiers.identify(brandId, kind, value);
    if (!found) return refuseValue(`is no ${kind}`);
    return ok({ key: found.key, hint: found.hint, player: null, network: null });
  }

  async function write(
    tx: Queryable,
    named: Named,
    entry: { list: ListEntry['list']; kind: ListedKind; reason: string; expiresAt: string | null },
    { brandId, actor, requestId }: By,
  ): Promise<{ entry: ListEntry; created: boolean }> {
    const before = await lockEntry(tx, named.key);
    const after = await putEntry(tx, { ...entry, ...named, entryId: newId(), brandId, by: actor });
    await audit(tx, {
      ...{ brandId, actor, requestId },
      action: `risk_list.${entry.list}`,
      targetKind: 'risk_list',
      targetId: after.id,
      ...(before && { before }),
      after,
      reason: entry.reason,
    });
    return { entry: after, created: before === undefined };
  }

  return {
    async list(brandId, { cursor, limit, list, kind, player }) {
      const after = decodeCursor(cursor, Cursor);
      if (!after.ok) return after;
      const key = player === undefined ? undefined : playerId(brandId, player);
      const rows = await findEntries(db, brandId, { list, kind, key }, after.value?.[0], limit + 1);
      return ok(
        toPage(
          rows,
          limit,
          ({ id }) => [id],
          (row) => row,
        ),
      );
    },

    async put({ value, ...entry }, by) {
      const named = identify(by.brandId, entry.kind, value);
      if (!named.ok) return named;
      return db.transaction(async (tx): Promise<Result<{ entry: ListEntry; created: boolean }>> => {
        if (entry.expiresAt !== null && (await hasPassed(tx, entry.expiresAt)))
          return refusePassed('expiresAt');
        return ok(await write(tx, named.value, entry, by));
      });
    },

    takeOff: (entryId, { brandId, actor, requestId }) =>
      db.transaction(async (tx): Promise<Result<null>> => {
        const before = await deleteEntry(tx, brandId, entryId);
        if (!before) return refuse('not_found', 'There is no such entry.');
        await audit(tx, {
          ...{ brandId, actor, requestId },
          action: 'risk_list.taken_off',
          targetKind: 'risk_list',
          targetId: entryId,
          before,
        });
        return ok(null);
      }),

    async allowPlayer(tx, player, days, reason, by) {
      const key = playerId(by.brandId, player);
      const { rows } = await tx.query<{ now: Date }>('select now() as now');
      const until = new Date((rows[0]?.now.getTime() ?? 0) + days * DAY_MS).toISOString();
      const before = await lockEntry(tx, key);
      const isLonger = before?.expiresAt === null || (before !== undefined && before.expiresAt > until);
      if (before?.list === 'allowed' && isLonger) return;
      const entry = { list: 'allowed', kind: 'player', reason, expiresAt: until } as const;
      await write(tx, { key, hint: player, player, network: null }, entry, by);
    },
  };
}

/** What an entry is about. */
type Named = Pick<NewEntry, 'key' | 'hint' | 'player' | 'network'>;

const refuseValue = (reason: string) =>
  refuse('invalid_request', `value: ${reason}`, [{ field: 'value', reason }]);
