import { z } from 'zod';
import { EVENT_TYPES, EventEnvelope } from './events.ts';
import { defineRoute } from './route.ts';

/** An event's place in the feed of its brand. Sorts as text. */
export const EventSequence = z
  .string()
  .regex(/^\d{16}\.\d{6}$/, 'a sequence such as 0000000000000042.000007');

const EventTypeName = z.enum(EVENT_TYPES);

export const EventPage = z.object({
  items: z.array(EventEnvelope),
  nextCursor: EventSequence.describe('Never null: at the end of the feed, poll with it for what comes later'),
  hasMore: z.boolean().describe('Whether the feed goes on right behind `nextCursor`; if not, poll later'),
});
export type EventPage = z.infer<typeof EventPage>;

export const listEvents = defineRoute({
  id: 'listEvents',
  method: 'GET',
  path: '/v1/events',
  tag: 'Events',
  summary: 'Read the event feed',
  description:
    "The brand's events, oldest first, each exactly once: an event never appears before the place a reader has reached. " +
    'Start without a cursor and pass each `nextCursor` on. Any `sequence` seen in an event or a webhook is a cursor too. ' +
    'A page may hold fewer events than `limit`, with a filter even none, while `hasMore` is true.',
  access: { permission: 'events:read' },
  query: z.strictObject({
    cursor: EventSequence.optional().describe(
      'Events after this place; the beginning of the feed if left out',
    ),
    type: z
      .union([
        EventTypeName.transform((type) => [type]),
        z.array(EventTypeName).min(1).max(EVENT_TYPES.length),
      ])
      .optional()
      .describe('Only events of this type; repeat it for several'),
    subject: z.string().min(1).max(200).optional().describe('Beginning of the subject, e.g. `code/`'),
    limit: z.coerce.number().int().min(1).max(1000).default(100),
  }),
  success: { 200: EventPage },
});
