import { z } from 'zod';
import { CalendarDate, CurrencyCode, Id, Instant, MinorAmount, pageOf, pageQuery } from './common.ts';
import { Actor } from './events.ts';
import { JobStatus } from './jobs.ts';
import { defineRoute } from './route.ts';

const Count = z.int().min(0);
const Sum = MinorAmount.nullable();

/** The longest period, in days. */
const MOST_DAYS = 92;

/** Who tries the code, and when. */
export const SimulationAssumption = z.discriminatedUnion('kind', [
  z
    .strictObject({ kind: z.literal('everyone') })
    .describe('Every player, once on each day on which they logged in, deposited, bet or entered a code'),
  z
    .strictObject({ kind: z.literal('as_campaign'), campaignId: Id })
    .describe('Who tried codes of that campaign in the period, when they did, from the same device'),
]);
export type SimulationAssumption = z.infer<typeof SimulationAssumption>;

export const SimulationInput = z.strictObject({
  from: CalendarDate.describe('First day by the brand’s clock'),
  to: CalendarDate.describe(`Last day; before today, and at most ${MOST_DAYS} days in all`),
  version: z.int().min(1).optional().describe('Of the campaign; the one in force if left out'),
  assume: SimulationAssumption.default({ kind: 'everyone' }),
});
export type SimulationInput = z.infer<typeof SimulationInput>;

/** Tries that came out in a way, and players of whom no try came out better. */
const outcome = { tries: Count, players: Count };

/** Money of a simulated campaign in one currency, minor units. A sum is null when nothing bounds it, or it is past what can be told exactly. */
export const SimulatedMoney = z.object({
  currency: CurrencyCode,
  grants: Count.describe('Bonuses granted'),
  granted: Sum.describe('Their face value, of free spins that of the spins'),
  lowestCost: Sum.describe(
    'When every bonus with turnover is lost: what needs none becomes real all the same',
  ),
  expectedCost: Sum.describe(
    'When bonuses cost the share of their face value that the brand’s have cost, those without turnover all of it, and none more than the highest; null without history, and with free spins or cashback, whose face value says nothing of what they win or give back',
  ),
  costShareBps: z
    .int()
    .min(0)
    .nullable()
    .describe(
      'That share: `converted` of `granted`, in the 180 days up to the end of the period. Winnings and cashback that were paid as cash are of no face value, and not in it',
    ),
  highestCost: Sum.describe('When every bonus converts as far as its terms allow'),
  peakLiability: Sum.describe('The most that was open at the end of a day, each at its highest cost'),
  peakDay: CalendarDate.nullable(),
});
export type SimulatedMoney = z.infer<typeof SimulatedMoney>;

export const SimulationResult = z.object({
  activePlayers: Count.describe('Who were assumed to try'),
  tries: Count,
  accepted: Count.describe('Codes taken, also those that waited for a deposit and those held for review'),
  held: Count.describe('Those of `accepted` that a person would look at first; counted as though released'),
  qualifiedPlayers: Count.describe('Players with a code taken'),
  paidByDeposit: Count.describe('Those of `accepted` whose deposit came in time'),
  lapsed: Count.describe('Those of `accepted` whose deposit did not come in time'),
  refusals: z
    .array(z.object({ key: z.string(), ...outcome }))
    .describe('By key, the most tries first; `players` are those who never qualified, by their last try'),
  money: z.array(SimulatedMoney).describe('By currency, in alphabetical order'),
  abuse: z
    .object({
      assessed: Count.describe('Players who qualify but for abuse'),
      flag: Count,
      hold: Count,
      decline: Count,
      shareBps: z
        .int()
        .min(0)
        .nullable()
        .describe('The three of `assessed`, basis points; null when nobody is'),
    })
    .describe('By the indicators that are stored with players today, at the weights of today'),
  days: z
    .array(z.object({ day: CalendarDate, tries: Count, accepted: Count }))
    .describe('Every day of the period, the oldest first'),
  countries: z
    .array(z.object({ country: z.string().nullable(), tries: Count, accepted: Count, players: Count }))
    .describe('The most tries first; `players` qualified'),
});
export type SimulationResult = z.infer<typeof SimulationResult>;

export const CampaignSimulationSummary = z.object({
  id: Id,
  campaignId: Id,
  version: z.int(),
  from: CalendarDate,
  to: CalendarDate,
  assume: SimulationAssumption,
  jobId: Id,
  status: JobStatus,
  doneShareBps: z.int().min(0).max(10_000).describe('How much is done, basis points'),
  error: z.string().nullable(),
  createdBy: Actor,
  createdAt: Instant,
  finishedAt: Instant.nullable(),
});
export type CampaignSimulationSummary = z.infer<typeof CampaignSimulationSummary>;

export const CampaignSimulation = CampaignSimulationSummary.extend({
  result: SimulationResult.nullable().describe('null until it has succeeded'),
});
export type CampaignSimulation = z.infer<typeof CampaignSimulation>;

const tag = 'Simulations';
const access = { permission: 'simulations:run' } as const;
const campaignParams = z.strictObject({ campaignId: Id });
const simulationParams = z.strictObject({ simulationId: Id });

export const startSimulation = defineRoute({
  id: 'startSimulation',
  method: 'POST',
  path: '/v1/campaigns/:campaignId/simulations',
  tag,
  summary: 'Run a campaign over the past',
  description:
    'Decides what would have happened, had any version of the campaign run in a past period, with one shared code: nothing is granted. At most three of a brand are under way at once. It goes on in the background. What is taken as it was and what as it is: see the guide on simulation.',
  access,
  params: campaignParams,
  body: SimulationInput,
  success: { 202: CampaignSimulation },
  problems: [404, 409],
});

export const listSimulations = defineRoute({
  id: 'listSimulations',
  method: 'GET',
  path: '/v1/campaigns/:campaignId/simulations',
  tag,
  summary: 'Simulations of a campaign, newest first',
  access,
  params: campaignParams,
  query: z.strictObject(pageQuery),
  success: { 200: pageOf(CampaignSimulationSummary) },
  problems: [404],
});

export const getSimulation = defineRoute({
  id: 'getSimulation',
  method: 'GET',
  path: '/v1/simulations/:simulationId',
  tag,
  summary: 'A simulation, with its result once it has one',
  access,
  params: simulationParams,
  success: { 200: CampaignSimulation },
  problems: [404],
});

export const cancelSimulation = defineRoute({
  id: 'cancelSimulation',
  method: 'POST',
  path: '/v1/simulations/:simulationId/cancel',
  tag,
  summary: 'Stop a simulation',
  access,
  params: simulationParams,
  success: { 202: CampaignSimulation },
  problems: [404, 409],
});
