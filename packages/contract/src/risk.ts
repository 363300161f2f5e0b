import { INDICATOR_NAMES, NETWORK_KINDS } from '@promosmith/core/risk';
import { z } from 'zod';
import { RiskBand } from './cases.ts';
import { Country, Id, Instant, PlayerExternalId, pageOf, pageQuery } from './common.ts';
import { Actor } from './events.ts';
import { RiskList } from './risk-lists.ts';
import { defineRoute } from './route.ts';

const tag = 'Risk';

export const IndicatorName = z.enum(INDICATOR_NAMES);

const Points = z.int().min(0).max(100);

/** What each indicator weighs; at 0 it is found and counts nothing. */
export const RiskPoints = z.strictObject(
  Object.fromEntries(INDICATOR_NAMES.map((name) => [name, Points])) as Record<
    (typeof INDICATOR_NAMES)[number],
    typeof Points
  >,
);
export type RiskPoints = z.infer<typeof RiskPoints>;

const Start = z.int().min(1).max(1000);

/** The points from which on an attempt is flagged, held or declined. */
export const RiskBands = z
  .strictObject({ flag: Start, hold: Start, decline: Start })
  .refine(({ flag, hold, decline }) => flag < hold && hold < decline, {
    path: ['hold'],
    error: 'bands begin in the order flag, hold, decline',
  });

export const RiskPolicy = z.object({
  version: z.int().describe('0: as shipped; nobody has set any'),
  points: RiskPoints,
  bands: RiskBands,
  reason: z.string().nullable(),
  createdBy: Actor.nullable(),
  createdAt: Instant.nullable(),
});
export type RiskPolicy = z.infer<typeof RiskPolicy>;

export const getRiskPolicy = defineRoute({
  id: 'getRiskPolicy',
  method: 'GET',
  path: '/v1/risk/policy',
  tag,
  summary: 'What indicators of abuse weigh, and what their sum leads to',
  access: { permission: 'risk:read' },
  success: { 200: RiskPolicy },
});

export const setRiskPolicy = defineRoute({
  id: 'setRiskPolicy',
  method: 'PUT',
  path: '/v1/risk/policy',
  tag,
  summary: 'Set weights and bands, as a new version',
  description:
    'It counts from the next attempt on, in other processes within a second; what was decided stays. Try it on the past first: ' +
    '`POST /v1/risk/policy-trials`. Answered with 409 when `version` is not the one in force.',
  access: { permission: 'risk:write' },
  body: z.strictObject({
    version: z.int().min(0).describe('The version this change was made on'),
    points: RiskPoints,
    bands: RiskBands,
    reason: z.string().trim().min(1).max(500),
  }),
  success: { 200: RiskPolicy },
  problems: [409],
});

export const listRiskPolicies = defineRoute({
  id: 'listRiskPolicies',
  method: 'GET',
  path: '/v1/risk/policies',
  tag,
  summary: 'Versions of weights and bands, the latest first',
  access: { permission: 'risk:read' },
  query: z.strictObject(pageQuery),
  success: { 200: pageOf(RiskPolicy) },
});

const Count = z.int().min(0);
const ByBand = z.object({ allow: Count, flag: Count, hold: Count, decline: Count });

/** `result` of a job of the kind `risk.trial`: what a past period would have looked like. */
export const RiskTrialResult = z.object({
  from: Instant,
  to: Instant,
  attempts: Count.describe('Whose campaign counted indicators, and which nothing else refused'),
  before: ByBand.describe('As they were decided'),
  after: ByBand.describe('As they would have been'),
  moves: z
    .array(
      z.object({
        from: RiskBand,
        to: RiskBand,
        attempts: Count,
        samples: z.array(
          z.object({
            activationId: Id,
            player: z.string(),
            score: z.object({ before: z.int(), after: z.int() }),
            indicators: z.array(z.string()),
          }),
        ),
      }),
    )
    .describe('From one band to another, with the first few of each'),
});
export type RiskTrialResult = z.infer<typeof RiskTrialResult>;

/** The longest period, in days. */
const MOST_DAYS = 92;
const DAY_MS = 86_400_000;

export const tryRiskPolicy = defineRoute({
  id: 'tryRiskPolicy',
  method: 'POST',
  path: '/v1/risk/policy-trials',
  tag,
  summary: 'Try weights and bands on the past',
  description:
    'Weighs anew what was found of attempts in the period, and changes nothing. A job that can be cancelled; its `result` says how ' +
    'many would have been allowed, flagged, held and declined, and how many were. What indicators did not look for then is not found now.',
  access: { permission: 'risk:read' },
  body: z
    .strictObject({
      from: Instant,
      to: Instant.describe(`Not included; at most ${MOST_DAYS} days after \`from\``),
      points: RiskPoints,
      bands: RiskBands,
      indicators: z
        .array(IndicatorName)
        .max(INDICATOR_NAMES.length)
        .optional()
        .describe('Those that count in all campaigns; left out, those that counted in each'),
    })
    .refine(({ from, to }) => Date.parse(from) < Date.parse(to), {
      path: ['to'],
      error: 'an instant after `from`',
    })
    .refine(({ from, to }) => Date.parse(to) - Date.parse(from) <= MOST_DAYS * DAY_MS, {
      path: ['to'],
      error: `at most ${MOST_DAYS} days after \`from\``,
    }),
  success: { 202: z.object({ jobId: Id }) },
});

export const IdentifierKind = z
  .enum(['device', 'address', 'email', 'phone', 'payment', 'household'])
  .describe('`address`: an IPv4 address, or the /64 of an IPv6 one');
export type IdentifierKind = z.infer<typeof IdentifierKind>;

/** Something found, with what it weighs. */
export const RiskFinding = z.object({
  indicator: IndicatorName,
  version: z.int(),
  points: z.int(),
  within: IndicatorName.optional().describe(
    'Counts nothing beside this one: both tell that accounts may be of one home',
  ),
  evidence: z.record(z.string(), z.unknown()),
});

export const LinkedIdentifier = z.object({
  id: Id,
  kind: IdentifierKind,
  hint: z.string().describe('Masked: the value itself is not kept'),
  players: Count.describe('Accounts linked by it, this one among them'),
  firstSeenAt: Instant,
  lastSeenAt: Instant.describe('To a day'),
});
export type LinkedIdentifier = z.infer<typeof LinkedIdentifier>;

/** Who is behind an account, and what speaks against them. */
export const PlayerRiskProfile = z.object({
  score: z
    .int()
    .describe('Sum of the points of `findings`, held below what they reach; all as it was at `assessedAt`'),
  band: RiskBand.describe(
    'Of all indicators, wherever the player tried codes; a campaign counts only its own',
  ),
  listed: RiskList.nullable().describe('The band is what this list says, whatever was found'),
  policy: z.int().nullable().describe('Version of the weights it was worked out with'),
  bands: RiskBands.describe('Of that version'),
  assessedAt: Instant.nullable().describe('null: not yet'),
  isDue: z.boolean().describe('Something has happened since, and it is being worked out anew'),
  findings: z.array(RiskFinding),
  identifiers: z.array(LinkedIdentifier).describe('The latest 100'),
  linked: z
    .array(z.object({ player: z.string(), kinds: z.array(IdentifierKind), score: z.int(), band: RiskBand }))
    .describe('Accounts that share one of them with at most 50 others; the worst 50'),
  cluster: z
    .object({ id: Id, players: Count })
    .nullable()
    .describe('Accounts connected by devices, mailboxes, telephones and cards, however far around'),
});
export type PlayerRiskProfile = z.infer<typeof PlayerRiskProfile>;

export const getPlayerRiskProfile = defineRoute({
  id: 'getPlayerRiskProfile',
  method: 'GET',
  path: '/v1/players/:externalId/risk-profile',
  tag,
  summary: 'Who is behind an account, and what speaks against them',
  access: { permission: 'risk:read' },
  params: z.strictObject({ externalId: PlayerExternalId }),
  success: { 200: PlayerRiskProfile },
  problems: [404],
});

export const unlinkPlayer = defineRoute({
  id: 'unlinkPlayer',
  method: 'POST',
  path: '/v1/players/:externalId/unlink',
  tag,
  summary: 'Take away what links an account with others',
  description:
    'For a card that was sold, a device that was given away, a mistake. It stays away: being seen again does not bring it back. ' +
    'What was decided by it stays.',
  access: { permission: 'risk:write' },
  params: z.strictObject({ externalId: PlayerExternalId }),
  body: z.strictObject({ identifierId: Id, reason: z.string().trim().min(1).max(500) }),
  success: { 204: null },
  problems: [404],
});

export const RiskCluster = z.object({
  id: Id,
  players: Count,
  score: z.int().describe('Of the worst account'),
  band: RiskBand,
  changedAt: Instant,
  some: z.array(z.string()).describe('The worst accounts, at most 5'),
});
export type RiskCluster = z.infer<typeof RiskCluster>;

export const listRiskClusters = defineRoute({
  id: 'listRiskClusters',
  method: 'GET',
  path: '/v1/risk/clusters',
  tag,
  summary: 'Accounts that are connected, the largest clusters first',
  access: { permission: 'risk:read' },
  query: z.strictObject(pageQuery),
  success: { 200: pageOf(RiskCluster) },
});

export const MOST_LINK_NODES = 500;

/** Accounts and what links them. */
export const LinkGraph = z.object({
  nodes: z.array(
    z.discriminatedUnion('kind', [
      z.object({
        id: Id,
        kind: z.literal('player'),
        label: z.string().describe('The platform’s own id'),
        score: z.int(),
        band: RiskBand,
        clusterId: Id.nullable(),
      }),
      z.object({
        id: Id,
        kind: IdentifierKind,
        label: z.string().describe('Masked'),
        players: Count.describe('Accounts it links, in the graph or not'),
      }),
    ]),
  ),
  edges: z.array(
    z.object({
      player: Id,
      identifier: Id,
      isStrong: z.boolean().describe('Connects the accounts of one person; addresses and households do not'),
      firstSeenAt: Instant,
      lastSeenAt: Instant,
    }),
  ),
  isCut: z.boolean().describe(`There are more than ${MOST_LINK_NODES} nodes: the nearest are shown`),
});
export type LinkGraph = z.infer<typeof LinkGraph>;

export const getRiskLinks = defineRoute({
  id: 'getRiskLinks',
  method: 'GET',
  path: '/v1/risk/links',
  tag,
  summary: 'Who is linked with an account, drawn as a graph',
  description: 'Identifiers of more than 50 accounts are shown and not followed: they are those of networks.',
  access: { permission: 'risk:read' },
  query: z.strictObject({
    player: PlayerExternalId,
    depth: z.coerce.number().int().min(1).max(4).default(2).describe('Steps from account to account'),
  }),
  success: { 200: LinkGraph },
  problems: [404],
});

export const AddressRanges = z.object({
  isConfigured: z.boolean(),
  lines: z.object({ ipv4: Count, ipv6: Count }),
  byKind: z.partialRecord(z.enum(NETWORK_KINDS), Count),
  countries: Count,
  loadedAt: Instant.nullable().describe('By the process that answers'),
  changedAt: Instant.nullable().describe('Of the file'),
  faults: z
    .array(z.object({ line: z.int().nullable(), reason: z.string() }))
    .describe(
      'The first 20; a line with a fault is left out, and a file that cannot be read leaves what was loaded',
    ),
  faultCount: Count,
});
export type AddressRanges = z.infer<typeof AddressRanges>;

export const getAddressRanges = defineRoute({
  id: 'getAddressRanges',
  method: 'GET',
  path: '/v1/risk/address-ranges',
  tag,
  summary: 'What is known of networks, from the operator’s file',
  access: { permission: 'risk:read' },
  query: z.strictObject({
    ip: z.union([z.ipv4(), z.ipv6()]).optional().describe('An address to look up'),
  }),
  success: {
    200: AddressRanges.extend({
      looked: z
        .object({ kinds: z.array(z.enum(NETWORK_KINDS)), country: Country.nullable() })
        .nullable()
        .describe('Of `ip`'),
    }),
  },
});
