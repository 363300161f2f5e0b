import { JOURNEY_LIMITS, MESSAGE_KINDS } from '@promosmith/core/journey';
import { z } from 'zod';
import { Id, Instant } from './common.ts';

/*
 * A journey as it is drawn. Only its shape is checked here: a draft may have any problem of meaning, and is told of it.
 */

const Millis = z.int().describe('Milliseconds');
const RuleText = z.string().max(4_096);
const Text = z.string().max(JOURNEY_LIMITS.templateLength);
const Name = z.string().max(200);
const Channel = z.enum(MESSAGE_KINDS);
const Clock = z.string().max(16).describe('`HH:MM`');

export const EventMatch = z.strictObject({
  source: z.enum(['event', 'client_action']),
  name: Name.describe('`deposit.succeeded`, `CODE_IS_SHOWN`; empty while not chosen'),
  filter: RuleText.nullable()
    .default(null)
    .describe('CEL over `player.*`, `event.*` and `events.<node>.*`; null lets all pass'),
});

const TriggerSource = z.discriminatedUnion('source', [
  EventMatch.extend({ source: z.literal('event') }),
  EventMatch.extend({ source: z.literal('client_action') }),
  z.strictObject({
    source: z.literal('segment'),
    rule: RuleText.describe('Players enter when they come to satisfy it'),
  }),
  z.strictObject({
    source: z.literal('schedule'),
    times: z.union([
      z.strictObject({ cron: z.string().max(200).describe('Five fields, by the brand’s clock') }),
      z.strictObject({ once: Instant }),
    ]),
    audience: RuleText.describe('Everybody it holds for enters'),
  }),
  z.strictObject({ source: z.literal('api') }),
]);

const named = {
  name: Name.nullable().default(null).describe('What the editor shows; null for the name of the kind'),
};

const node = <Kind extends string, Shape extends z.ZodRawShape>(kind: Kind, shape: Shape) =>
  z.strictObject({ kind: z.literal(kind), ...named, ...shape });

const message = {
  contentId: Id.nullable().default(null),
  expiresAfterMs: Millis.nullable()
    .default(null)
    .describe('How long it may be answered; null for seven days'),
  sendInQuietHours: z.boolean().default(false),
};

export const JourneyNode = z.discriminatedUnion('kind', [
  node('trigger', { on: TriggerSource.nullable().default(null) }),
  node('popup', message),
  node('inbox', message),
  node('email', message),
  node('push', message),
  node('telegram', message),
  node('sms', message),
  node('wait_event', {
    event: EventMatch,
    timeoutMs: Millis.nullable().default(null).describe('null: without end'),
  }),
  node('delay', {
    delay: z.union([
      z.strictObject({ forMs: Millis }),
      z.strictObject({
        until: z.strictObject({
          time: Clock,
          weekdays: z.array(z.int()).max(7).nullable().default(null).describe('1 is Monday; null: any day'),
        }),
      }),
    ]),
  }),
  node('condition', { rule: RuleText.default('') }),
  node('split', {
    variants: z
      .array(
        z.strictObject({
          id: Name.describe('Also the connector it leaves by'),
          name: Name.nullable().default(null),
          bps: z.int(),
        }),
      )
      .max(100)
      .default([]),
  }),
  node('webhook', {
    method: z.enum(['GET', 'POST', 'PUT', 'PATCH', 'DELETE']).default('POST'),
    url: Text.default('').describe('A template, like the values of headers and the body'),
    headers: z
      .array(z.strictObject({ name: Name, value: Text }))
      .max(100)
      .default([]),
    body: Text.nullable().default(null),
    timeoutMs: Millis.default(5_000).describe('Of one try'),
  }),
  node('give_bonus', {
    campaignId: Id.nullable().default(null),
    rewardIndex: z.int().nullable().default(null).describe('From 0; null for all rewards'),
  }),
  node('send_code', { campaignId: Id.nullable().default(null) }),
  node('change_property', {
    property: Name.default('').describe('Without `player.properties.`'),
    value: Text.default('').describe('A template'),
  }),
  node('exit', {}),
]);
export type JourneyNode = z.infer<typeof JourneyNode>;

export const JourneySettings = z.strictObject({
  entry: z
    .discriminatedUnion('rule', [
      z.strictObject({ rule: z.literal('once') }),
      z.strictObject({ rule: z.literal('once_per_period'), period: z.enum(['day', 'week', 'month']) }),
      z.strictObject({ rule: z.literal('whenever_outside') }),
    ])
    .default({ rule: 'once' }),
  entryCap: z.int().nullable().default(null).describe('Most enrolments ever, without the control group'),
  controlBps: z.int().default(0).describe('Share of players who are recorded and never walk, of 10,000'),
  quietHours: z
    .strictObject({ from: Clock, to: Clock, channels: z.array(Channel).max(MESSAGE_KINDS.length) })
    .nullable()
    .default(null)
    .describe('Hours of the player’s day in which messages wait'),
  goal: z
    .strictObject({
      event: EventMatch,
      withinMs: Millis.describe('After entry'),
      exitOnGoal: z.boolean().default(false),
    })
    .nullable()
    .default(null),
  exitWhen: RuleText.nullable()
    .default(null)
    .describe('Asked before each visit: a player it holds for leaves'),
});

/** Many more than there may be: what is too many is told as a problem of the journey. */
const MOST = 2_000;
const NodeId = z.string().max(200);

export const JourneyDefinition = z.strictObject({
  nodes: z
    .record(NodeId, JourneyNode)
    .describe('By an id that stays when the node is edited')
    .refine((nodes) => Object.keys(nodes).length <= MOST, `at most ${MOST} nodes`),
  edges: z
    .array(z.strictObject({ from: NodeId, connector: Name, to: NodeId }))
    .max(MOST)
    .default([]),
  settings: JourneySettings.prefault({}),
  layout: z
    .record(NodeId, z.strictObject({ x: z.number(), y: z.number() }))
    .default({})
    .describe('Where the editor shows nodes'),
});
export type JourneyDefinition = z.infer<typeof JourneyDefinition>;
