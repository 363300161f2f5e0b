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
import type { Identifiers } from '../../risk/index.ts';
import { deleteEntry, findEntries, lockEntry, putEntry } from './store.ts';

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
  /** The key and the hint of what is meant; undefined when it is none of its kind. */
  function identify(brandId: string, kind: ListedKind, value: string): Named | undefined {
    if (kind === 'player') return { key: playerId(brandId, value), hint: value, player: value };
    const found = identifiers.identify(brandId, kind, value);
    return found && { key: found.key, hint: found.hint, player: null };
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
      if (!named) return notOfKind(entry.kind);
      return db.transaction(async (tx): Promise<Result<{ entry: ListEntry; created: boolean }>> => {
        if (entry.expiresAt !== null && (await hasPassed(tx, entry.expiresAt)))
          return refusePassed('expiresAt');
        return ok(await write(tx, named, entry, by));
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
      await write(tx, { key, hint: player, player }, entry, by);
    },
  };
}

interface Named {
  readonly key: string;
  readonly hint: string;
  readonly player: string | null;
}

function notOfKind(kind: ListedKind) {
  const reason = `is no ${kind}`;
  return refuse('invalid_request', `value: ${reason}`, [{ field: 'value', reason }]);
}
