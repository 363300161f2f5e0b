import type {
  PlayerData,
  Property,
  RouteInput,
  setBonusBlock,
  setConsents,
  setSelfExclusion,
} from '@promosmith/contract';
import { ok, type Result, refuse } from '@promosmith/core';
import { currencyErrors } from '@promosmith/core/money';
import { audit } from '../../platform/audit.ts';
import type { Database, Queryable } from '../../platform/db.ts';
import type { RequestContext } from '../../platform/http/context.ts';
import { playerId } from '../../platform/ids.ts';
import { type NewEvent, publish } from '../../platform/outbox.ts';
import type { Brands } from '../brands/index.ts';
import { auditedChange } from './audited.ts';
import { dataErrors, refuseData } from './data.ts';
import { EXCLUDED_FOR_GOOD, type PlayerRecord } from './player.ts';
import { listProperties, type RegisteredProperty, registerProperty } from './properties.ts';
import * as store from './store/index.ts';
import { listPlayers, type PlayerSearch } from './views.ts';

export type PlayersService = ReturnType<typeof createPlayersService>;

/** What else an exclusion changes, in its transaction. @returns what to publish. */
export type ExclusionListener = (tx: Queryable, playerIds: readonly string[]) => Promise<readonly NewEvent[]>;

/** What else it changes that a player's data was put, in its transaction. */
export type DescriptionListener = (tx: Queryable, playerIds: readonly string[]) => Promise<void>;

/** Read at each change, so that features made later may add themselves. */
export interface PlayerListeners {
  readonly onExclusion: ExclusionListener[];
  readonly onDescription: DescriptionListener[];
}

export function createPlayersService(
  db: Database,
  brands: Brands,
  { onExclusion, onDescription }: PlayerListeners,
) {
  const keyOf = ({ caller: { brandId } }: RequestContext, externalId: string): store.PlayerKey => ({
    playerId: playerId(brandId, externalId),
    brandId,
    externalId,
  });

  /** Locks the player, changes it and writes what changed to the audit log, in one transaction. */
  const change = (
    context: RequestContext,
    externalId: string,
    action: string,
    reason: string | undefined,
    write: (tx: Queryable, before: PlayerRecord) => Promise<PlayerRecord | undefined>,
    { create = false } = {},
  ): Promise<Result<PlayerRecord>> =>
    db.transaction(async (tx) => {
      const key = keyOf(context, externalId);
      if (create) await store.ensure(tx, [key]);
      const [before] = await store.lock(tx, [key.playerId]);
      const after = before && (await write(tx, before));
      if (!before || !after) return notFound(externalId);
      await audit(tx, { ...auditedChange(context, before, after), action, ...(reason ? { reason } : {}) });
      return ok(after);
    });

  async function tellExcluded(tx: Queryable, context: RequestContext, player: PlayerRecord): Promise<void> {
    const events: NewEvent[] = [];
    for (const listener of onExclusion) events.push(...(await listener(tx, [player.playerId])));
    const { caller, requestId: correlationId } = context;
    const time = player.updatedAt.toISOString();
    await publish(tx, { brandId: caller.brandId, actor: caller.actor, correlationId, time }, events);
  }

  return {
    async put(
      context: RequestContext,
      externalId: string,
      data: PlayerData,
    ): Promise<Result<{ created: boolean; player: PlayerRecord }>> {
      const key = keyOf(context, externalId);
      const { currencies } = await brands.get(key.brandId);
      return db.transaction(async (tx) => {
        const registered = data.properties ? await listProperties(tx, key.brandId) : [];
        const errors = [
          ...currencyErrors(currencies, 'currency', data.currency),
          ...dataErrors(data, registered),
        ];
        if (errors.length > 0) return refuseData(errors);
        const [created] = await store.create(tx, [{ ...key, data }]);
        const [before] = created ? [] : await store.lock(tx, [key.playerId]);
        const [player] = created ? [created] : await store.update(tx, [{ ...key, data }]);
        if (!player) throw new Error(`player ${key.playerId} was neither created nor updated`);
        for (const listener of onDescription) await listener(tx, [player.playerId]);
        // The platform's back end sends every player it has: those are data, not decisions. People's edits are audited.
        if (context.caller.actor.kind === 'staff')
          await audit(tx, {
            ...auditedChange(context, before, player),
            action: created ? 'player.created' : 'player.updated',
          });
        return ok({ created: created !== undefined, player });
      });
    },

    async get(context: RequestContext, externalId: string): Promise<Result<PlayerRecord>> {
      const player = await store.find(db, keyOf(context, externalId).playerId);
      return player ? ok(player) : notFound(externalId);
    },

    list: (context: RequestContext, search: PlayerSearch) => listPlayers(db, context.caller.brandId, search),

    setSelfExclusion: (
      context: RequestContext,
      externalId: string,
      body: RouteInput<typeof setSelfExclusion>['body'],
    ) =>
      change(
        context,
        externalId,
        body.excluded ? 'player.self_excluded' : 'player.self_exclusion_lifted',
        body.reason,
        async (tx, before) => {
          const after = await store.setSelfExclusion(tx, before.playerId, untilOf(body));
          if (after && after.selfExcludedUntil !== null) await tellExcluded(tx, context, after);
          return after;
        },
        { create: body.excluded },
      ),

    setBonusBlock: (
      context: RequestContext,
      externalId: string,
      { blocked, reason }: RouteInput<typeof setBonusBlock>['body'],
    ) =>
      change(
        context,
        externalId,
        blocked ? 'player.bonus_blocked' : 'player.bonus_unblocked',
        reason,
        (tx, before) => store.setBonusBlock(tx, before.playerId, blocked),
      ),

    setConsents: (
      context: RequestContext,
      externalId: string,
      { consents, source }: RouteInput<typeof setConsents>['body'],
    ) =>
      change(context, externalId, 'player.consents_recorded', undefined, (tx, before) => {
        const merged = structuredClone(before.consents);
        const at = new Date().toISOString();
        for (const { product, channel, granted } of consents)
          merged[product] = { ...merged[product], [channel]: { granted, at, ...(source ? { source } : {}) } };
        return store.setConsents(tx, before.playerId, merged);
      }),

    listProperties: (context: RequestContext): Promise<RegisteredProperty[]> =>
      listProperties(db, context.caller.brandId),

    createProperty: (context: RequestContext, property: Property): Promise<Result<RegisteredProperty>> =>
      db.transaction(async (tx) => {
        const { brandId, actor } = context.caller;
        const created = await registerProperty(tx, brandId, property, actor);
        if (!created.ok) return created;
        await audit(tx, {
          brandId,
          actor,
          action: 'property.registered',
          targetKind: 'property',
          targetId: property.name,
          after: property,
          requestId: context.requestId,
        });
        return created;
      }),
  };
}

const untilOf = (body: RouteInput<typeof setSelfExclusion>['body']): string | null =>
  body.excluded ? (body.until ?? EXCLUDED_FOR_GOOD.toISOString()) : null;

const notFound = (externalId: string) => refuse('not_found', `There is no player "${externalId}".`);
