import { z } from 'zod';
import { Id, Instant, PlayerExternalId, pageOf, pageQuery } from './common.ts';
import { defineRoute } from './route.ts';

export const EnrolmentStatus = z
  .enum(['active', 'completed', 'exited', 'failed', 'control'])
  .describe('`control`: recorded to be compared with, and never inside');
export type EnrolmentStatus = z.infer<typeof EnrolmentStatus>;

/** Of a node of a journey's graph. */
export const JourneyNodeId = z.string().regex(/^[A-Za-z][A-Za-z0-9_]{0,39}$/, 'an id such as node_1');
/** A way out of a node: `impression`, `timed_out`, the id of a variant. */
export const JourneyConnector = z.string().min(1).max(64);
const LARGEST = 1_000_000_000;
const Version = z.int().min(1).max(LARGEST);
const VersionQuery = z.coerce.number().int().min(1).max(LARGEST).optional();
const Seq = z.int().min(1).max(LARGEST).describe('Number of the visit, from 1');

export const EnrolmentEnd = z.object({
  at: Instant,
  nodeId: z.string(),
  reason: z
    .string()
    .describe(
      'Completed: `exit_reached`, `path_ended`, `handed_over`. Exited: `goal_reached`, `exit_rule`, `journey_archived`, ' +
        '`player_excluded`, `withdrawn_by_staff`, `migrated`. Failed: `too_many_visits`',
    ),
  connector: z.string().nullable().describe('The one it would have left by, had it led anywhere'),
});

const enrolment = {
  id: Id,
  journeyId: Id,
  version: z.int().describe('The version it walks, whatever is published later'),
  player: PlayerExternalId,
  isTest: z.boolean(),
  status: EnrolmentStatus,
  enteredAt: Instant,
  nodeId: z.string().describe('Where it is, or ended'),
  seq: z.int(),
  visitBegan: Instant,
  waitingFor: z
    .enum(['quiet_end', 'time', 'event', 'outcome'])
    .nullable()
    .describe('`outcome`: what becomes of the message or action of the visit'),
  wakeAt: Instant.nullable().describe('From then on time alone moves it'),
  convertedAt: Instant.nullable().describe('When the goal was reached'),
  ended: EnrolmentEnd.nullable(),
};

/** A player's run through one version of a journey. */
export const JourneyEnrolment = z.object(enrolment);
export type JourneyEnrolment = z.infer<typeof JourneyEnrolment>;

/** One thing that happened to a player in a journey. */
export const TimelineEntry = z.object({
  at: Instant,
  what: z
    .string()
    .describe(
      '`entered`, `visit.began`, `visit.left`, `converted`, `ended`; `message.` with its states; `webhook.called`; ' +
        '`action.asked`, `action.done`, `action.retrying`, `action.failed`, `action.dropped`',
    ),
  seq: z.int().nullable(),
  nodeId: z.string().nullable(),
  data: z.record(z.string(), z.unknown()).describe('What there is to say of it, secrets masked'),
});
export type TimelineEntry = z.infer<typeof TimelineEntry>;

export const NodeCounts = z.object({
  nodeId: z.string(),
  visits: z.int().describe('Begun so far'),
  waiting: z.int().describe('Begun and not left'),
  left: z.record(z.string(), z.int()).describe('By connector'),
  ended: z.int().describe('Left by none: at an exit, or taken out'),
});
export type NodeCounts = z.infer<typeof NodeCounts>;

/** A group of players, and how many of them reached the goal. */
const Group = z.object({
  entered: z.int(),
  converted: z.int(),
  rate: z.number().nullable().describe('Share of those who entered, from 0 to 1; null when nobody did'),
});

export const JourneyReport = z.object({
  journeyId: Id,
  version: z.int().nullable(),
  inside: z.int(),
  completed: z.int(),
  exited: z.int(),
  failed: z.int(),
  walked: Group,
  control: Group,
  uplift: z
    .object({
      points: z.number().describe('Rate of those who walked less that of the control group'),
      relative: z.number().nullable().describe('Of the rate of the control group; null when that is 0'),
      converted: z.number().describe('Players who converted beyond what the control group lets expect'),
      significance: z
        .number()
        .describe('Chance, from 0 to 1, of a difference as large were there none (two-sided z-test)'),
    })
    .nullable()
    .describe('null while one of the groups is empty'),
});
export type JourneyReport = z.infer<typeof JourneyReport>;

/** What a list of journeys shows beside each. */
export const JourneyNumbers = z.object({
  journeyId: Id,
  inside: z.int().describe('Players who walk it now'),
  entered: z.int().describe('Enrolments since it began, without the control group'),
  enteredLately: z.int().describe('Those of the last 7 days, by hours of the clock'),
  converted: z
    .int()
    .nullable()
    .describe('Players who walked it and reached its goal, ever; null when it has none'),
});
export type JourneyNumbers = z.infer<typeof JourneyNumbers>;

const MOST_JOURNEYS = 100;

/** Why an enrolment needs to be looked at. */
export const Stuck = z.object({
  enrolment: JourneyEnrolment,
  why: z
    .enum(['waking_late', 'action_late', 'action_retrying', 'action_failed'])
    .describe(
      'Time should have moved it; an action should have been tried; it failed and is tried again; it failed for good and ' +
        'its visit goes on waiting',
    ),
  since: Instant.describe('When it was due, or the action was asked for'),
  attempts: z.int().nullable(),
  nextAttemptAt: Instant.nullable(),
  lastError: z.string().nullable(),
  connectors: z.array(z.string()).describe('What its visit may be skipped by'),
});
export type Stuck = z.infer<typeof Stuck>;

/** When the players of a journey are looked at: for each time of its schedule, or for who came to be in its segment. */
export const JourneyRun = z.object({
  kind: z.enum(['schedule', 'segment']),
  nextAt: Instant.nullable().describe('null while a look is under way, or when none is to come'),
  underWay: z
    .object({ forTime: Instant, looked: z.int().describe('Players so far'), entered: z.int() })
    .nullable(),
  last: z.object({ forTime: Instant, looked: z.int(), entered: z.int() }).nullable(),
});
export type JourneyRun = z.infer<typeof JourneyRun>;

const tag = 'Enrolments';
const params = z.strictObject({ journeyId: Id });
const enrolmentParams = z.strictObject({ journeyId: Id, enrolmentId: Id });
const read = { permission: 'journeys:read' } as const;
const write = { permission: 'journeys:write' } as const;

export const getJourneyCounts = defineRoute({
  id: 'getJourneyCounts',
  method: 'GET',
  path: '/v1/journeys/:journeyId/counts',
  tag,
  summary: 'How many visits each node of a version has had, and where they went',
  description: 'Test runs are in no count.',
  access: read,
  params,
  query: z.strictObject({
    version: VersionQuery.describe('The latest when left out'),
  }),
  success: { 200: z.object({ version: z.int(), nodes: z.array(NodeCounts) }) },
  problems: [404],
});

export const getJourneyReport = defineRoute({
  id: 'getJourneyReport',
  method: 'GET',
  path: '/v1/journeys/:journeyId/report',
  tag,
  summary: 'How many players reached the goal, against the control group',
  description: 'Test runs do not count.',
  access: read,
  params,
  query: z.strictObject({
    version: VersionQuery.describe('All versions when left out'),
  }),
  success: { 200: JourneyReport },
  problems: [404],
});

export const listJourneyNumbers = defineRoute({
  id: 'listJourneyNumbers',
  method: 'GET',
  path: '/v1/journey-numbers',
  tag,
  summary: 'Live numbers of some journeys, in the order asked for',
  description: 'Those that are not journeys of the brand are left out. Test runs do not count.',
  access: read,
  query: z.strictObject({
    journeyIds: z
      .union([Id.transform((id) => [id]), z.array(Id).min(1).max(MOST_JOURNEYS)])
      .describe(`Repeat it for several, at most ${MOST_JOURNEYS}`),
  }),
  success: { 200: z.object({ items: z.array(JourneyNumbers) }) },
});

export const getJourneyRun = defineRoute({
  id: 'getJourneyRun',
  method: 'GET',
  path: '/v1/journeys/:journeyId/run',
  tag,
  summary: 'When a schedule or segment looks at players next, and how far it has come',
  access: read,
  params,
  success: { 200: z.object({ run: JourneyRun.nullable().describe('null: its trigger looks at nobody') }) },
  problems: [404],
});

export const listJourneyEnrolments = defineRoute({
  id: 'listJourneyEnrolments',
  method: 'GET',
  path: '/v1/journeys/:journeyId/enrolments',
  tag,
  summary: 'Players who entered a journey, latest first',
  access: read,
  params,
  query: z.strictObject({
    ...pageQuery,
    status: EnrolmentStatus.optional(),
    nodeId: JourneyNodeId.optional().describe('Where they are, or ended'),
    player: PlayerExternalId.optional(),
    version: VersionQuery,
    test: z.stringbool().optional().describe('Only test runs, or none of them'),
  }),
  success: { 200: pageOf(JourneyEnrolment) },
  problems: [404],
});

export const listPlayerEnrolments = defineRoute({
  id: 'listPlayerEnrolments',
  method: 'GET',
  path: '/v1/players/:externalId/enrolments',
  tag,
  summary: 'Journeys a player entered, latest first',
  access: read,
  params: z.strictObject({ externalId: PlayerExternalId }),
  query: z.strictObject({ ...pageQuery, status: EnrolmentStatus.optional() }),
  success: { 200: pageOf(JourneyEnrolment) },
  problems: [404],
});

export const getJourneyEnrolment = defineRoute({
  id: 'getJourneyEnrolment',
  method: 'GET',
  path: '/v1/journeys/:journeyId/enrolments/:enrolmentId',
  tag,
  summary: 'A player’s run through a journey, with all that happened in it',
  access: read,
  params: enrolmentParams,
  success: {
    200: z.object({
      ...enrolment,
      connectors: z.array(z.string()).describe('What the visit may be skipped by'),
      timeline: z.array(TimelineEntry).describe('In order of time'),
    }),
  },
  problems: [404],
});

export const listStuckEnrolments = defineRoute({
  id: 'listStuckEnrolments',
  method: 'GET',
  path: '/v1/journeys/:journeyId/stuck',
  tag,
  summary: 'Players of a journey who wait for longer than they should, longest first',
  description: 'In a paused journey everybody waits, and nobody is late.',
  access: read,
  params,
  query: z.strictObject({ limit: pageQuery.limit }),
  success: { 200: z.object({ items: z.array(Stuck), more: z.boolean() }) },
  problems: [404],
});

export const retryEnrolment = defineRoute({
  id: 'retryEnrolment',
  method: 'POST',
  path: '/v1/journeys/:journeyId/enrolments/:enrolmentId/retry',
  tag,
  summary: 'Try what is late or failed at once',
  description:
    'What comes of an attempt under way is not taken any more: a new one is made under the same key. What neither failed ' +
    'nor is late is answered with 409, as is all of a paused journey.',
  access: write,
  params: enrolmentParams,
  success: { 200: JourneyEnrolment },
  problems: [404, 409],
});

export const skipVisit = defineRoute({
  id: 'skipVisit',
  method: 'POST',
  path: '/v1/journeys/:journeyId/enrolments/:enrolmentId/skip',
  tag,
  summary: 'Move a player on by a connector of the node',
  description:
    'What the visit had handed over and was not done yet is not done any more. A visit that was left meanwhile is answered ' +
    'with 409, as is one of a paused journey.',
  access: write,
  params: enrolmentParams,
  body: z.strictObject({
    seq: Seq,
    connector: JourneyConnector,
    reason: z.string().trim().min(1).max(500),
  }),
  success: { 200: JourneyEnrolment },
  problems: [404, 409],
});

export const withdrawEnrolment = defineRoute({
  id: 'withdrawEnrolment',
  method: 'POST',
  path: '/v1/journeys/:journeyId/enrolments/:enrolmentId/withdraw',
  tag,
  summary: 'Take a player out of a journey',
  description: 'Of a paused journey, too. Who is not inside any more is answered with 409.',
  access: write,
  params: enrolmentParams,
  body: z.strictObject({ reason: z.string().trim().min(1).max(500) }),
  success: { 200: JourneyEnrolment },
  problems: [404, 409],
});

const Migration = z.strictObject({
  from: Version,
  to: Version,
  targets: z
    .record(JourneyNodeId, JourneyNodeId)
    .default({})
    .describe(
      'By node of the old version that the new one lacks, or has with another kind: the node its players go to, or `exit`',
    ),
});

export const NodeMigration = z.object({
  nodeId: z.string(),
  players: z.int().describe('Inside, at this node'),
  what: z
    .enum(['stays', 'moves', 'exits', 'needs_target', 'bad_target'])
    .describe('`stays`: the visit goes on, with the time it began at and the new settings'),
  to: z.string().nullable(),
  because: z.enum(['removed', 'kind_changed']).nullable(),
});
export type NodeMigration = z.infer<typeof NodeMigration>;

export const previewMigration = defineRoute({
  id: 'previewMigration',
  method: 'POST',
  path: '/v1/journeys/:journeyId/migrations/preview',
  tag,
  summary: 'What moving the players of one version to another would do',
  access: read,
  params,
  body: Migration,
  success: {
    200: z.object({
      players: z.int(),
      possible: z.boolean().describe('No node that somebody is at needs a target, or has a bad one'),
      nodes: z.array(NodeMigration),
    }),
  },
  problems: [404],
});

export const startMigration = defineRoute({
  id: 'startMigration',
  method: 'POST',
  path: '/v1/journeys/:journeyId/migrations',
  tag,
  summary: 'Move the players of one version to another',
  description:
    'A job in steps, whose progress is under `/v1/jobs`. Cancelled, it stops where it is: who was moved stays moved. ' +
    'Those who come to a node without a target while it runs stay in their version, and are counted in its result.',
  access: { permission: 'journeys:publish' },
  params,
  body: Migration,
  success: { 202: z.object({ jobId: Id }) },
  problems: [404, 409],
});
