import type { PropertyValue } from '@promosmith/contract';
import type { FieldError } from '@promosmith/core';
import type { Queryable } from '../../platform/db.ts';
import { listProperties, propertyErrors } from './properties.ts';
import * as store from './store/index.ts';

type Values = Readonly<Record<string, PropertyValue>>;

/** What is wrong with custom properties meant for players of the brand; empty when they may be set. */
export async function propertyFaults(db: Queryable, brandId: string, values: Values): Promise<FieldError[]> {
  return propertyErrors(await listProperties(db, brandId), values);
}

/** Sets custom properties that have no faults, and locks the player: players come before their bonuses. */
export async function setProperties(tx: Queryable, player: store.PlayerKey, values: Values): Promise<void> {
  await store.ensure(tx, [player]);
  await store.update(tx, [{ ...player, data: { properties: { ...values } } }]);
}
