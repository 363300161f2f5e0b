import type { EventProperties, putEventProperties, RouteInput } from '@promosmith/contract';
import { type FieldError, ok, type Result, refuse } from '@promosmith/core';
import { DEFAULT_WHEN_SHOWN } from '@promosmith/core/content';
import { EXAMPLES } from '@promosmith/core/rules';
import { audit } from '../../platform/audit.ts';
import type { Database, Queryable } from '../../platform/db.ts';
import type { RequestContext } from '../../platform/http/context.ts';
import { isOfType } from './field.ts';
import { actionKey, SHOWN_CODE } from './reserved.ts';
import * as store from './store.ts';
import { viewOf } from './views.ts';

type Fields = RouteInput<typeof putEventProperties>['body']['fields'];

/** Registers by hand what events carry. */
export function createRegister(db: Database) {
  async function found(tx: Queryable, brandId: string, key: string): Promise<EventProperties | undefined> {
    const row = await store.lockKey(tx, brandId, key);
    return row && viewOf(row, (await store.findFields(tx, brandId, [key])).get(key) ?? []);
  }

  const record = (
    tx: Queryable,
    { caller: { brandId, actor }, requestId }: RequestContext,
    action: string,
    key: string,
    states: { before?: EventProperties | undefined; after?: EventProperties },
  ) =>
    audit(tx, {
      ...{ brandId, actor, requestId, action: `event_properties.${action}` },
      ...{ targetKind: 'event_properties', targetId: key },
      ...states,
    });

  return {
    put: (
      context: RequestContext,
      key: string,
      fields: Fields,
    ): Promise<Result<{ created: boolean; properties: EventProperties }>> =>
      db.transaction(async (tx) => {
        const { brandId, actor } = context.caller;
        const faults = faultsOf(key, fields);
        if (faults.length > 0)
          return refuse('invalid_request', `${faults[0]?.field}: ${faults[0]?.reason}`, faults);
        const before = await found(tx, brandId, key);
        await store.registerKey(tx, brandId, key, actor);
        await store.withdrawFields(
          tx,
          brandId,
          key,
          fields.map(({ name }) => name),
        );
        await store.declareFields(tx, brandId, key, 'manual', fields.map(declared));
        if (key === actionKey(DEFAULT_WHEN_SHOWN))
          await store.declareFields(tx, brandId, key, 'content', [SHOWN_CODE]);
        const after = await found(tx, brandId, key);
        if (!after) throw new Error(`${key} was not registered`);
        await record(tx, context, 'registered', key, { before, after });
        return ok({ created: before === undefined, properties: after });
      }),

    remove: (context: RequestContext, key: string): Promise<Result<undefined>> =>
      db.transaction(async (tx) => {
        const { brandId } = context.caller;
        const row = await store.lockKey(tx, brandId, key);
        if (!row) return refuse('not_found', `There is no "${key}" in the list.`);
        if (row.firstSeenAt) return refuse('conflict', 'It was seen: what is seen stays in the list.');
        if (row.reserved) return refuse('conflict', 'Content raises it.');
        const before = await found(tx, brandId, key);
        await store.deleteKey(tx, brandId, key);
        await record(tx, context, 'removed', key, { before });
        return ok(undefined);
      }),
  };
}

export type Register = ReturnType<typeof createRegister>;

function faultsOf(key: string, fields: Fields): FieldError[] {
  if (!key.startsWith('client_action:') && !key.startsWith('event:custom.'))
    return [
      {
        field: 'params.eventKey',
        reason: 'is not the platform’s to define',
        fix: 'client_action:<NAME> or event:custom.<name>',
      },
    ];
  return fields.flatMap(({ type, example }, index) =>
    example === undefined || isOfType(type, example)
      ? []
      : [{ field: `fields.${index}.example`, reason: `is not a ${type}` }],
  );
}

const declared = (field: Fields[number]): store.DeclaredField => ({
  ...field,
  example: field.example ?? (EXAMPLES[field.type] as store.DeclaredField['example']),
});
