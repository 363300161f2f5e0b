import { z } from 'zod';
import { BasisPoints, CurrencyCode, Id, Instant, PlayerExternalId, pageOf, pageQuery } from './common.ts';
import { Actor } from './events.ts';
import { defineRoute } from './route.ts';

const Name = z.string().trim().min(1).max(200);
const Count = z.int().min(0);
/** Minor units; below 0 where players won more than they lost. */
const SignedAmount = z.int().nullable();

/** What an arm of an experiment is given. */
export const Treatment = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('nothing') }),
  z.strictObject({ kind: z.literal('campaign'), campaignId: Id }),
  z.strictObject({ kind: z.literal('batch'), batchId: Id }),
  z.strictObject({ kind: z.literal('journey'), journeyId: Id }),
]);
export type Treatment = z.infer<typeof Treatment>;

const ArmKey = z
  .string()
  .regex(/^[a-z0-9][a-z0-9_-]{0,31}$/, 'lower-case letters, digits, dashes, such as control');

export const ExperimentArm = z.strictObject({
  key: ArmKey,
  name: Name,
  weightBps: z
    .int()
    .min(1)
    .max(9_999)
    .describe('Share of the players, of 10,000; those of all arms add up to it'),
  treatment: Treatment.describe('What the platform or a journey gives players of this arm'),
});
export type ExperimentArm = z.infer<typeof ExperimentArm>;

/** What an experiment is decided by: a value of each player, 0 for who did nothing. */
export const ExperimentMetric = z.enum(['ngr', 'ggr', 'deposited', 'depositors', 'active']);
export type ExperimentMetric = z.infer<typeof ExperimentMetric>;

const Metric = ExperimentMetric.describe(
  '`ngr`: stakes − wins − cost of bonuses; `ggr`: stakes − wins; `deposited`: deposits that stand; `depositors`, `active`: the share of players who deposited, or bet',
);
const Method = z
  .enum(['sequential', 'fixed'])
  .describe(
    '`sequential`: intervals hold however often they are looked at; `fixed`: narrower ones, told when all is over',
  );
const WINDOW = 'Days of the brand’s clock that count for each player, the day of the assignment included';

const settings = {
  name: Name,
  arms: z.array(ExperimentArm).min(2).max(10),
  baseline: ArmKey.describe('The arm that others are compared with, as a rule the one that gets nothing'),
  dealtBy: z
    .enum(['hash', 'distribution'])
    .describe(
      'Who deals players to arms. `hash`: Promosmith, when it is asked for assignments. `distribution`: who hands out codes, as a split of a journey or the platform does by chance; a player is in the arm of the first batch that a code of was given to them',
    ),
  population: z
    .discriminatedUnion('kind', [
      z.strictObject({ kind: z.literal('everyone') }),
      z.strictObject({ kind: z.literal('segment'), segment: z.string().min(1).max(200) }),
    ])
    .describe('Who may take part; segments are those the platform tells of players'),
  metric: Metric,
  currency: CurrencyCode.describe('The money that counts; what players have in others does not'),
  method: Method,
  windowDays: z.int().min(1).max(90).describe(WINDOW),
  expectedPlayers: z
    .int()
    .min(200)
    .max(100_000_000)
    .describe('In all arms together: a sequential interval is narrowest about there'),
  startsAt: Instant,
  endsAt: Instant.nullable().describe('Nobody is assigned from then on; null: until it is ended by hand'),
};

export const Experiment = z.object({
  id: Id,
  ...settings,
  status: z
    .enum(['scheduled', 'running', 'ended'])
    .describe('`ended`: nobody is assigned any more; values of players go on to count for their days'),
  createdBy: Actor,
  createdAt: Instant,
});
export type Experiment = z.infer<typeof Experiment>;

const Bounds = z
  .object({ estimate: z.number(), low: z.number(), high: z.number() })
  .describe('With a confidence of 95 % the truth is between `low` and `high`');

/** Of a fixed method what players came to is not told before: who follows it day by day looks more than once. */
const LATE = 'null while the verdict is `too_early`';

/**
 * What a group of players came to. Amounts are minor units of the report's currency; null: past what is exact, or not told
 * yet.
 */
export const GroupNumbers = z.object({
  players: Count.describe('Assigned so far'),
  matured: Count.describe('Those of `players` whose days are over: all numbers below are of them'),
  activations: Count.describe('Codes they had taken'),
  depositors: Count.nullable().describe(`Players who deposited; ${LATE}`),
  active: Count.nullable().describe(`Players who bet; ${LATE}`),
  deposited: SignedAmount.describe(`Deposits that stand; ${LATE}`),
  ggr: SignedAmount.describe(`Stakes − wins; ${LATE}`),
  cost: SignedAmount.describe(`What bonuses cost: money converted, and paid as cash; ${LATE}`),
  ngr: SignedAmount.describe(`\`ggr\` − \`cost\`; ${LATE}`),
  ngrPerPlayer: z.number().nullable().describe(`\`ngr\` ÷ \`matured\`; null without players; ${LATE}`),
});
export type GroupNumbers = z.infer<typeof GroupNumbers>;

/** What a treatment changed, against those who did not get it. */
export const UpliftNumbers = z.object({
  perPlayer: Bounds.nullable().describe('Of one player; null while nothing can be told'),
  total: Bounds.nullable().describe('Of all treated players together'),
  roiBps: z
    .int()
    .nullable()
    .describe(
      'What the NGR is above that of as many players of the control group, of the cost, basis points. NGR is after cost, so that it is subtracted once. null without cost, and while nothing can be told',
    ),
  verdict: z
    .enum(['more', 'less', 'no_difference', 'not_enough_players', 'too_early'])
    .describe(
      '`more`, `less`: the interval does not hold 0; `not_enough_players`: fewer than 100 in a group, or a few of them decide; `too_early`: looked at once, at the end, which has not come',
    ),
});
export type UpliftNumbers = z.infer<typeof UpliftNumbers>;

const ratio = z
  .object({ chance: z.number(), isSuspicious: z.boolean() })
  .nullable()
  .describe(
    'How likely it is, at most, that players part by chance as unevenly as they do at any time, however often that is looked at. Below 0.001 something is wrong with who is in which group. null: shares changed on the way, or there is nobody',
  );

export const ExperimentResults = z.object({
  experimentId: Id,
  metric: Metric,
  currency: CurrencyCode,
  method: Method,
  windowDays: z.int().describe(WINDOW),
  isOver: z.boolean().describe('Nobody is assigned any more, and the days of all are over'),
  baseline: z.string(),
  arms: z.array(
    GroupNumbers.extend({
      key: z.string(),
      name: z.string(),
      weightBps: BasisPoints,
      crossed: Count.describe(
        'Players of other arms who took a code of this arm’s campaign: they make differences look smaller',
      ),
      uplift: UpliftNumbers.nullable().describe('null of the baseline itself'),
    }),
  ),
  sampleRatio: ratio,
  countedAt: Instant.describe('Counted in the background; what happened shortly before may be missing'),
});
export type ExperimentResults = z.infer<typeof ExperimentResults>;

export const JourneyUplift = z.object({
  journeyId: Id,
  currency: CurrencyCode,
  windowDays: z.int().describe('Days that count for each player, the day of the first entry included'),
  walked: GroupNumbers,
  control: GroupNumbers,
  uplift: UpliftNumbers.describe('Of NGR, by an interval that holds however often it is looked at'),
  sampleRatio: ratio,
  countedAt: Instant,
});
export type JourneyUplift = z.infer<typeof JourneyUplift>;

export const Assignment = z.object({
  player: PlayerExternalId,
  arm: z.string().nullable().describe('Key of the arm; null: takes no part'),
  treatment: Treatment.nullable(),
  assignedAt: Instant.nullable(),
  because: z
    .enum(['not_running', 'not_in_population', 'excluded', 'no_code_yet'])
    .nullable()
    .describe('Why a player takes no part; `no_code_yet`: an experiment that is dealt by distribution'),
});
export type Assignment = z.infer<typeof Assignment>;

const tag = 'Experiments';
const read = { permission: 'analytics:read' } as const;
const write = { permission: 'experiments:write' } as const;
const one = { tag, params: z.strictObject({ experimentId: Id }), problems: [404] } as const;

export const createExperiment = defineRoute({
  id: 'createExperiment',
  method: 'POST',
  path: '/v1/experiments',
  tag,
  summary: 'Begin an experiment: two and more arms, dealt to players by a hash',
  description:
    'For good: what an experiment is decided by is said before it is looked at. See the guide on experiments.',
  access: write,
  body: z.strictObject({
    ...settings,
    dealtBy: settings.dealtBy.default('hash'),
    population: settings.population.default({ kind: 'everyone' }),
    metric: Metric.default('ngr'),
    currency: CurrencyCode.optional().describe('The brand’s own when left out'),
    method: Method.default('sequential'),
    windowDays: settings.windowDays.default(7),
    expectedPlayers: settings.expectedPlayers.default(10_000),
    startsAt: Instant.optional().describe(
      'At once when left out. Dealt by distribution, it is still to come: codes that were given before do not count',
    ),
    endsAt: settings.endsAt.default(null),
  }),
  success: { 201: Experiment },
  problems: [404],
});

export const listExperiments = defineRoute({
  id: 'listExperiments',
  method: 'GET',
  path: '/v1/experiments',
  tag,
  summary: 'Experiments, newest first',
  access: read,
  query: z.strictObject({ ...pageQuery, status: Experiment.shape.status.optional() }),
  success: { 200: pageOf(Experiment) },
});

export const getExperiment = defineRoute({
  ...one,
  id: 'getExperiment',
  method: 'GET',
  path: '/v1/experiments/:experimentId',
  summary: 'One experiment',
  access: read,
  success: { 200: Experiment },
});

export const endExperiment = defineRoute({
  ...one,
  id: 'endExperiment',
  method: 'POST',
  path: '/v1/experiments/:experimentId/end',
  summary: 'Assign nobody any more',
  description:
    'Values of players who are assigned go on to count for their days. Of one that has ended it is no change.',
  access: write,
  success: { 200: Experiment },
});

const MOST_PLAYERS = 1_000;

export const assignPlayers = defineRoute({
  ...one,
  id: 'assignPlayers',
  method: 'POST',
  path: '/v1/experiments/:experimentId/assignments',
  summary: 'Which arm players are in',
  description:
    'Ask when a player is about to be treated, or would be: from then on the player’s days count. The first answer is recorded and is the same ever after, whatever becomes of the player.',
  access: write,
  body: z.strictObject({
    players: z
      .array(PlayerExternalId)
      .min(1)
      .max(MOST_PLAYERS)
      .describe(`The platform's own ids, at most ${MOST_PLAYERS}; those not known yet are made`),
  }),
  success: { 200: z.object({ items: z.array(Assignment).describe('In the order asked for') }) },
});

export const getExperimentResults = defineRoute({
  ...one,
  id: 'getExperimentResults',
  method: 'GET',
  path: '/v1/experiments/:experimentId/results',
  summary: 'What came of an experiment: each arm, and against the baseline',
  access: read,
  success: { 200: ExperimentResults },
});

export const getJourneyUplift = defineRoute({
  id: 'getJourneyUplift',
  method: 'GET',
  path: '/v1/journeys/:journeyId/uplift',
  tag: 'Journeys',
  summary: 'What walking a journey earned, against its control group',
  description:
    'Players count by their first entry into a version with a control group, for the group they were in then.',
  access: read,
  params: z.strictObject({ journeyId: Id }),
  query: z.strictObject({
    windowDays: z
      .enum(['7', '30', '90'])
      .default('30')
      .describe('Days that count for each player, the day of the first entry included'),
  }),
  success: { 200: JourneyUplift },
  problems: [404],
});
