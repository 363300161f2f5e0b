import {
  EVENT_TYPES,
  type EventFieldType,
  type FieldValue,
  KEPT_EVENT_TYPES,
  PLATFORM_EVENTS,
  PLAYER_EVENTS,
} from '@promosmith/contract';
import { EXAMPLES } from '@promosmith/core/rules';
import { z } from 'zod';
import { labelOf } from './field.ts';

export interface BuiltInField {
  readonly name: string;
  readonly type: EventFieldType;
  readonly label: string;
  readonly example: FieldValue;
}

/** JSON Schema, as far as the contract's events go. */
interface Schema {
  readonly type?: string | readonly string[];
  readonly format?: string;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly items?: Schema;
  readonly anyOf?: readonly Schema[];
  readonly enum?: readonly FieldValue[];
}

/** Values of the fields whose type alone does not show what is in them. */
const TYPICAL: Readonly<Record<string, FieldValue>> = {
  amount: 5000,
  betId: 'bet-771',
  category: 'slots',
  code: 'WELCOME10',
  country: 'DE',
  currency: 'EUR',
  birthDate: '1990-04-12',
  depositId: '88231',
  device: 'd-77',
  email: 'anna@example.com',
  game: 'book-of-codes',
  household: 'h-12',
  ip: '203.0.113.7',
  kycStatus: 'verified',
  language: 'de',
  method: 'card',
  phone: '+35621234567',
  player: 'p-1042',
  provider: 'acme',
  reason: 'asked by the player',
  roundId: 'r-9',
  segments: ['vip', 'newsletter'],
  stake: 100,
  timeZone: 'Europe/Malta',
  totalDeposits: 25_000,
  win: 250,
  withdrawalId: '4410',
};

function typeOf({ type, format, items, anyOf }: Schema): EventFieldType | undefined {
  const known = anyOf?.find((one) => one.type !== 'null');
  if (known) return typeOf(known);
  const [name = ''] = [type ?? []].flat().filter((one) => one !== 'null');
  if (name === 'array') return items?.type === 'string' ? 'list<string>' : undefined;
  if (name === 'string') return format === 'date-time' ? 'timestamp' : 'string';
  return SCALARS[name];
}

const SCALARS: Readonly<Record<string, EventFieldType>> = {
  integer: 'int',
  number: 'double',
  boolean: 'bool',
};

function fieldsOf(data: z.ZodType): BuiltInField[] {
  const { properties = {} } = z.toJSONSchema(data, { io: 'input' }) as Schema;
  return Object.entries(properties).flatMap(([name, schema]) => {
    const type = typeOf(schema);
    if (!type) return [];
    return [
      {
        name,
        type,
        label: labelOf(name),
        example: exampleOf(name, schema) ?? (EXAMPLES[type] as FieldValue),
      },
    ];
  });
}

const ID = '01932f0e-7a4c-7c3e-9d55-0e6b1f2a3c4d';

const exampleOf = (name: string, { enum: values, format, anyOf = [] }: Schema): FieldValue | undefined =>
  values?.[0] ?? (format === 'uuid' ? ID : anyOf[0] ? exampleOf(name, anyOf[0]) : TYPICAL[name]);

const KEPT: ReadonlySet<string> = new Set(KEPT_EVENT_TYPES);

/**
 * What the events carry that journeys can hear without anybody having seen them, by key, as the contract has it: those
 * the platform tells, and those that are published of one player. Client actions have keys of their own.
 */
export const BUILT_IN: ReadonlyMap<string, readonly BuiltInField[]> = new Map([
  ...Object.entries(PLATFORM_EVENTS)
    .filter(([type]) => type !== 'client.action' && !KEPT.has(type))
    .map(([type, event]) => [`event:${type}`, fieldsOf(event.shape.data)] as const),
  ...Object.entries(PLAYER_EVENTS).map(([type, data]) => [`event:${type}`, fieldsOf(data)] as const),
]);

const UNHEARD: ReadonlyMap<string, string> = new Map([
  ...KEPT_EVENT_TYPES.map(
    (type) => [`event:${type}`, `“${type}” comes too often for journeys to be told of each.`] as const,
  ),
  ...EVENT_TYPES.filter((type) => !Object.hasOwn(PLAYER_EVENTS, type)).map(
    (type) => [`event:${type}`, `“${type}” is not told of a single player.`] as const,
  ),
  ['event:client.action', 'Client actions are waited for by their own names.'],
]);

/** Why journeys can't be told of events there are, by key; undefined when they can, or there are no such events. */
export const unheardBecause = (key: string): string | undefined => UNHEARD.get(key);
