import { z } from 'zod';
import { Id, Instant, PlayerExternalId } from './common.ts';
import { defineRoute } from './route.ts';

export const MAX_ENTRIES_PER_CALL = 1000;
const LARGEST_DATA = 16_384;

const EntryData = z
  .record(z.string().min(1).max(128), z.unknown())
  .refine((data) => JSON.stringify(data).length <= LARGEST_DATA, `at most ${LARGEST_DATA} characters of JSON`)
  .describe('What rules and content of the journey read as `event.*`');

export const JourneyEntry = z.strictObject({
  id: z
    .string()
    .min(1)
    .max(128)
    .regex(/^[\x20-\x7e]+$/, 'printable ASCII only')
    .describe("The platform's own id of the entry: sent again, it is answered with the same enrolment"),
  player: PlayerExternalId.describe("The platform's own id of the player"),
  data: EntryData.optional(),
});

export const JourneyEntryResult = z.discriminatedUnion('status', [
  z.object({
    status: z
      .enum(['entered', 'control'])
      .describe('`control`: recorded to be compared with, and never inside'),
    id: z.string(),
    enrolmentId: Id,
    repeated: z.boolean().describe('By an earlier call with this id'),
  }),
  z.object({
    status: z.literal('refused'),
    id: z.string(),
    key: z.enum([
      ...(['inside_already', 'entered_before', 'entered_in_period', 'cap_reached'] as const),
      ...(['journey_not_active', 'self_excluded'] as const),
    ]),
  }),
]);
export type JourneyEntryResult = z.infer<typeof JourneyEntryResult>;

export const enterJourney = defineRoute({
  id: 'enterJourney',
  method: 'POST',
  path: '/v1/journeys/:journeyId/enrolments',
  tag: 'Enrolments',
  summary: 'Let players into a journey',
  description:
    'For journeys whose trigger is the API. Each player is answered for alone; the rules of entry hold as for any trigger.',
  access: { permission: 'events:write' },
  params: z.strictObject({ journeyId: Id }),
  bodyLimit: 4 * 1_048_576,
  body: z.strictObject({
    at: Instant.optional().describe('When it happened; now, if left out or later than that'),
    entries: z.array(JourneyEntry).min(1).max(MAX_ENTRIES_PER_CALL),
  }),
  success: {
    200: z.object({ results: z.array(JourneyEntryResult).describe('In the order of the entries') }),
  },
  problems: [404, 409],
});
