import { type EventFieldType, type FieldValue, PLATFORM_EVENTS } from '@promosmith/contract';
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
    return [{ name, type, label: labelOf(name), example: TYPICAL[name] ?? (EXAMPLES[type] as FieldValue) }];
  });
}

/** What the platform's own event types carry, by key: as the contract has them. Client actions have keys of their own. */
export const BUILT_IN: ReadonlyMap<string, readonly BuiltInField[]> = new Map(
  Object.entries(PLATFORM_EVENTS)
    .filter(([type]) => type !== 'client.action')
    .map(([type, event]) => [`event:${type}`, fieldsOf(event.shape.data)]),
);
