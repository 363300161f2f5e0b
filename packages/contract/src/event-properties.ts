import { type EXAMPLES, isFieldPath } from '@promosmith/core/rules';
import { z } from 'zod';
import { Instant, pageOf, pageQuery } from './common.ts';
import { defineRoute } from './route.ts';

/** Types that a field of an event can have, as rules know them. `timestamp` is an instant as text, RFC 3339. */
export const EVENT_FIELD_TYPES = [
  'string',
  'int',
  'double',
  'bool',
  'timestamp',
  'list<string>',
  'list<double>',
] as const satisfies readonly (keyof typeof EXAMPLES)[];
export type EventFieldType = (typeof EVENT_FIELD_TYPES)[number];

export const MOST_EVENT_FIELDS = 200;

const FieldName = z
  .string()
  .min(1)
  .max(200)
  .regex(/^[A-Za-z_][A-Za-z0-9_.]*$/, 'a name such as amount, or game.id')
  .refine((name) => isFieldPath(name), 'a name that rules can write');

const FieldValue = z.union([
  z.string().max(1000),
  z.number(),
  z.boolean(),
  z.array(z.string().max(200)).max(20),
  z.array(z.number()).max(20),
]);
export type FieldValue = z.output<typeof FieldValue>;

const FIELD_ORIGINS = ['built_in', 'manual', 'content', 'discovered'] as const;
/** How it is known: by this product, by hand, because content raises it, or because it was seen. */
const Origin = z.enum(FIELD_ORIGINS);
export type FieldOrigin = z.output<typeof Origin>;

const Seen = {
  firstSeenAt: Instant.nullable().describe('null: not seen yet; not noted of what is built in'),
  lastSeenAt: Instant.nullable().describe('To the hour'),
};

export const EventFieldView = z.object({
  name: z
    .string()
    .describe('Rules and templates write it after `event.`; dotted when it is inside of another'),
  type: z
    .enum([...EVENT_FIELD_TYPES, 'mixed'])
    .describe('`mixed`: seen with values of several types; no rule can ask for it'),
  label: z.string(),
  example: FieldValue.describe('A value that was seen, unless it could tell who somebody is'),
  origin: Origin,
  ...Seen,
});
export type EventFieldView = z.output<typeof EventFieldView>;

export const EventProperties = z.object({
  key: z.string().describe('`event:<type>` or `client_action:<NAME>`'),
  origin: Origin,
  reserved: z.boolean().describe('Content raises it when it is shown; refused from browsers'),
  fields: z.array(EventFieldView),
  ...Seen,
});
export type EventProperties = z.output<typeof EventProperties>;

const EventKey = z
  .string()
  .max(100)
  .regex(
    /^(client_action:[A-Za-z][A-Za-z0-9_.-]{0,63}|event:[a-z][a-z0-9_.]{0,80})$/,
    'such as client_action:WHEEL_SPUN or event:custom.bonus_shop',
  );
const params = z.strictObject({ eventKey: EventKey });

const tag = 'Properties';

export const listEventProperties = defineRoute({
  id: 'listEventProperties',
  method: 'GET',
  path: '/v1/event-properties',
  tag,
  summary: 'What events carry, by event',
  description:
    'The platform’s own types, and the client actions and custom events that were seen or registered by hand. At most 500 ' +
    'client actions and 500 custom events are listed because they were seen, with 200 fields each; what is past that is taken all the same.',
  access: { permission: 'journeys:read' },
  query: z.strictObject({ ...pageQuery, source: z.enum(['event', 'client_action']).optional() }),
  success: { 200: pageOf(EventProperties) },
});

export const putEventProperties = defineRoute({
  id: 'putEventProperties',
  method: 'PUT',
  path: '/v1/event-properties/:eventKey',
  tag,
  summary: 'Register a client action or a custom event by hand, with fields if wanted',
  description:
    'Journeys can wait for it before it was ever seen. A field given here keeps its type, whatever is seen; one that was given before and no longer is goes, unless it was seen.',
  access: { permission: 'journeys:write' },
  params,
  body: z.strictObject({
    fields: z
      .array(
        z.strictObject({
          name: FieldName,
          type: z.enum(EVENT_FIELD_TYPES),
          label: z.string().trim().min(1).max(128).optional(),
          example: FieldValue.optional(),
        }),
      )
      .max(MOST_EVENT_FIELDS)
      .refine((fields) => new Set(fields.map(({ name }) => name)).size === fields.length, 'each name once')
      .default([]),
  }),
  success: { 200: EventProperties, 201: EventProperties },
  problems: [409],
});

export const deleteEventProperties = defineRoute({
  id: 'deleteEventProperties',
  method: 'DELETE',
  path: '/v1/event-properties/:eventKey',
  tag,
  summary: 'Take an event off the list that was registered by hand and never seen',
  access: { permission: 'journeys:write' },
  params,
  success: { 204: null },
  problems: [404, 409],
});
