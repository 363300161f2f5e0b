import { MESSAGE_OUTCOMES } from '@promosmith/core/journey';
import { z } from 'zod';
import { Id, Instant, PlayerExternalId } from './common.ts';
import { JourneyEnrolment, JourneyNodeId } from './journey-enrolments.ts';
import { defineRoute } from './route.ts';

const Data = z.record(z.string().min(1).max(128), z.unknown());

/** Something that happens to the player. */
const Occurrence = {
  source: z.enum(['event', 'client_action']),
  name: z.string().min(1).max(128).describe('`deposit.succeeded`, `CODE_IS_SHOWN`'),
  data: Data.default({}),
};

const Facts = z
  .record(z.string().max(128), z.json())
  .refine((facts) => Object.keys(facts).length <= 200, 'at most 200 facts at once')
  .describe('By name, e.g. `player.country`; the others are those of the player');

const MOST_HAPPENINGS = 200;
const LONGEST_MS = 366 * 24 * 3_600_000;

/** What becomes of a message or an action, so long after it was handed over. */
const Answer = z.strictObject({
  afterMs: z.int().min(0).max(LONGEST_MS),
  outcome: z.enum([...MESSAGE_OUTCOMES, 'success', 'failure']),
  reason: z.string().max(500).optional(),
  data: Data.optional().describe('What an action returned'),
  raises: z
    .strictObject(Occurrence)
    .optional()
    .describe('What comes with it at the same instant: the client action of a popup that is shown'),
});

/** A player's future, made up. */
export const SimulationScript = z.strictObject({
  version: z.int().min(1).max(1_000_000_000).nullable().default(null).describe('null: the draft'),
  player: PlayerExternalId.nullable().default(null).describe('Whose facts and time zone are taken'),
  facts: Facts.default({}),
  timeZone: z.string().min(1).max(64).nullable().default(null).describe('The brand’s when left out'),
  startsAt: Instant.nullable().default(null).describe('When the player enters: now, when left out'),
  until: Instant.nullable().default(null).describe('Thirty days after entry when left out; at most 366'),
  event: z
    .strictObject(Occurrence)
    .nullable()
    .default(null)
    .describe('What lets the player in; the trigger’s own without data when left out'),
  happenings: z
    .array(
      z.union([
        z.strictObject({ at: Instant, ...Occurrence }),
        z.strictObject({ at: Instant, facts: Facts.describe('Facts that change then') }),
      ]),
    )
    .max(MOST_HAPPENINGS)
    .default([]),
  answers: z
    .record(JourneyNodeId, z.array(z.array(Answer).max(10)).max(20))
    .default({})
    .describe(
      'By node, one list for each thing handed over there, the last for all after it. Without any, actions succeed at ' +
        'once and nobody answers messages',
    ),
});
export type SimulationScript = z.infer<typeof SimulationScript>;

export const SimulatedStep = z.object({
  seq: z.int(),
  nodeId: z.string(),
  kind: z.string(),
  began: Instant,
  left: Instant,
  cause: z.string(),
  connector: z.string().nullable(),
  reason: z.string().nullable(),
  toNodeId: z.string().nullable(),
});

export const SimulatedEffect = z.object({
  seq: z.int(),
  nodeId: z.string(),
  kind: z.string().describe('The channel of a message, or the kind of action'),
  expiresAt: Instant.nullable().describe('Of a message'),
});

/** One instant at which something moved, or was ignored. */
export const SimulatedMoment = z.object({
  at: Instant,
  input: z
    .record(z.string(), z.unknown())
    .nullable()
    .describe('What happened; null: time alone, or the entry'),
  steps: z.array(SimulatedStep).describe('Visits left'),
  effects: z.array(SimulatedEffect).describe('Handed over'),
  ignored: z.array(z.string()).describe('Why what happened moved nothing'),
  status: z.string(),
  nodeId: z.string(),
  waitingFor: z.string().nullable(),
  wakeAt: Instant.nullable(),
});

export const Simulation = z.object({
  moments: z.array(SimulatedMoment),
  end: z.object({
    status: z.string(),
    nodeId: z.string(),
    reason: z.string().nullable(),
    convertedAt: Instant.nullable(),
  }),
  cut: z.boolean().describe('Whether it was stopped because too much happened'),
});
export type Simulation = z.infer<typeof Simulation>;

const tag = 'Enrolments';
const params = z.strictObject({ journeyId: Id });

export const startTestRun = defineRoute({
  id: 'startTestRun',
  method: 'POST',
  path: '/v1/journeys/:journeyId/test-runs',
  tag,
  summary: 'Send one player through the latest version, as a test',
  description:
    'Real messages and actions, for this player only: whoever may not be sent a message gets none in a test. No rule of ' +
    'entry is asked, and no count is changed. Waits and delays may be skipped by hand. A version that gives bonuses gives ' +
    'real ones: `journeys:publish` is needed, too.',
  access: { permission: 'journeys:write' },
  params,
  body: z.strictObject({
    player: PlayerExternalId,
    event: Data.nullable().default(null).describe('Data of the trigger’s event'),
  }),
  success: { 201: JourneyEnrolment },
  problems: [404, 409],
});

export const simulateJourney = defineRoute({
  id: 'simulateJourney',
  method: 'POST',
  path: '/v1/journeys/:journeyId/simulations',
  tag,
  summary: 'Walk a draft or version through made-up time',
  description: 'Nothing is sent and nothing is stored. A draft with errors is answered with them.',
  access: { permission: 'journeys:read' },
  params,
  body: SimulationScript,
  success: { 200: Simulation },
  problems: [404],
});
