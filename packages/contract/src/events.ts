import { z } from 'zod';
import { Id, Instant } from './common.ts';

/** Every event type Promosmith publishes (DOMAIN words; the seed's six come first). */
export const EVENT_TYPES = [
  'code.generated',
  'code.activated',
  'bonus.granted',
  'code.limit_reached',
  'code.expired',
  'code.disabled',
  'campaign.submitted',
  'campaign.approved',
  'campaign.rejected',
  'campaign.activated',
  'campaign.paused',
  'campaign.ended',
  'code.distributed',
  'activation.refused',
  'activation.held',
  'activation.lapsed',
  'activation.reversed',
  'wagering.progressed',
  'wagering.completed',
  'bonus.converted',
  'bonus.lost',
  'bonus.expired',
  'bonus.forfeited',
  'bonus.cancelled',
  'bonus.reversed',
  'bonus.extended',
  'bonus.reinstated',
  'freespins.issued',
  'freespins.finished',
  'freespins.cancelled',
  'cashback.settled',
  'ticket.issued',
  'ticket.used',
  'ticket.returned',
  'draw.drawn',
  'budget.threshold_crossed',
  'risk.flagged',
  'risk.case_opened',
  'risk.case_decided',
  'code.leak_suspected',
  'grant.delivery_failed',
  'message.sent',
  'message.shown',
  'message.clicked',
  'message.dismissed',
  'message.failed',
  'message.suppressed',
  'message.expired',
  'journey.enrolled',
  'journey.completed',
  'journey.exited',
] as const;

export type EventType = (typeof EVENT_TYPES)[number];

/** Who caused a change. `id` is a staff id, an API key id, the platform's player id, or a system part's name. */
export const Actor = z.object({
  kind: z.enum(['staff', 'api_key', 'player', 'anonymous', 'system']),
  id: z.string(),
  name: z.string().optional(),
});
export type Actor = z.infer<typeof Actor>;

/** CloudEvents 1.0 envelope of every event, in the feed and in webhooks alike. */
export const EventEnvelope = z.object({
  specversion: z.literal('1.0'),
  id: Id.describe('Unique per event: a subscriber that sees an id twice sees the same event twice'),
  type: z.enum(EVENT_TYPES),
  source: z.string().describe('`/brands/{slug}`'),
  subject: z.string().describe('What the event is about: `code/…`, `activation/…`, `grant/…`, `campaign/…`'),
  time: Instant,
  brand: z.string().describe('Slug of the brand'),
  sequence: z.string().describe('Sorts as text in the order of the brand’s feed'),
  actor: Actor,
  correlationid: z.string().describe('The request or job that caused it'),
  datacontenttype: z.literal('application/json'),
  data: z.record(z.string(), z.unknown()),
});
export type EventEnvelope = z.infer<typeof EventEnvelope>;
