import { PropertyName, PropertyValue } from '@promosmith/contract';
import type { FieldError } from '@promosmith/core';
import { z } from 'zod';
import type { Database } from '../../../platform/db.ts';
import type { DeliveryOutcome } from '../../bonuses/index.ts';
import { propertyFaults, setProperties } from '../../players/index.ts';
import { holdBonus, isOver, markIssued } from '../bonus-state.ts';
import type { SpecialHandler } from './handler.ts';

const Payload = z.strictObject({
  property: PropertyName.describe('A registered property of players'),
  value: PropertyValue.default(true),
});
type Payload = z.infer<typeof Payload>;

const valuesOf = ({ property, value }: Payload) => ({ [property]: value });

/** The property's name and its value are two fields of the payload. */
const inPayload = ({ reason, fix }: FieldError): FieldError => ({
  field: reason.startsWith('must be') ? 'value' : 'property',
  reason,
  ...(fix === undefined ? {} : { fix }),
});

/** The player takes part in something: rules and journeys see it as a property of theirs. */
export const optIn = (db: Database): SpecialHandler<Payload> => ({
  name: 'opt_in',
  description: 'Sets a registered property of the player, such as a flag that they take part in something.',
  payload: Payload,
  delivered: 'completed',

  async lacking(tx, brandId, payload) {
    return (await propertyFaults(tx, brandId, valuesOf(payload))).map(inPayload);
  },

  /** Property and bonus change together; once they have, there is nothing left to cancel. */
  async deliver(operation, bonus, payload): Promise<DeliveryOutcome> {
    if (operation === 'cancel') return { kind: 'delivered', response: null };
    const { playerId, playerExternalId: externalId, brandId } = bonus;
    const values = valuesOf(payload);
    const [fault] = await propertyFaults(db, brandId, values);
    if (fault) return { kind: 'failed', error: `${fault.field} ${fault.reason}` };
    const done = await db.transaction(async (tx) => {
      await setProperties(tx, { playerId, brandId, externalId }, values);
      const state = await holdBonus(tx, bonus);
      if (state !== 'due') return { ok: false, state };
      await markIssued(tx, bonus, 'completed');
      return { ok: true, state };
    });
    return done.state === 'over' ? isOver : { kind: 'delivered', response: values };
  },
});
