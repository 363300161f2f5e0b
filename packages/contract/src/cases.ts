import { z } from 'zod';
import { Approval } from './approvals.ts';
import { BasisPoints, Id, Instant, MinorAmount, PlayerExternalId, pageOf, pageQuery } from './common.ts';
import { Actor } from './events.ts';
import { defineRoute } from './route.ts';

export const CASE_KINDS = [
  'activation_held',
  'player_reassessed',
  'code_burst',
  'code_leak',
  'review_requested',
] as const;

export const CaseKind = z
  .enum(CASE_KINDS)
  .describe(
    '`activation_held`: an activation waits for it; `player_reassessed`: what a player did later speaks against open ' +
      'bonuses; `code_burst`: a code is tried far more often than before; `code_leak`: a code that was meant for one player ' +
      'is tried by others; `review_requested`: a person shall look at an activation that was declined',
  );
export type CaseKind = z.infer<typeof CaseKind>;

export const CaseState = z.enum(['open', 'assigned', 'decided']);
export type CaseState = z.infer<typeof CaseState>;

export const CaseDecision = z
  .enum(['release', 'decline', 'block'])
  .describe(
    '`release`: nothing was wrong; `decline`: it was abuse; `block`: it was, and the player gets no bonuses any more, or the ' +
      'code works no more',
  );
export type CaseDecision = z.infer<typeof CaseDecision>;

export const RiskBand = z.enum(['allow', 'flag', 'hold', 'decline']);
export type RiskBand = z.infer<typeof RiskBand>;

/** What a fraud analyst has to look at, and what came of it. */
export const RiskCase = z.object({
  id: Id,
  kind: CaseKind,
  state: CaseState,
  priority: z.int().describe('0 to 100: the highest is looked at first'),
  score: z.int().nullable().describe('Points of its findings; null where nobody was assessed'),
  band: RiskBand.nullable(),
  player: z.string().nullable().describe("The platform's own id of the player"),
  activationId: Id.nullable(),
  codeId: Id.nullable(),
  campaignId: Id.nullable(),
  evidence: z
    .record(z.string(), z.unknown())
    .describe(
      'Why it was opened. Of who was assessed: `policy`, the version of the weights, and `findings`, each with `indicator`, ' +
        '`version`, `points` and `evidence`. Of a code: how often it was tried, and by whom it was not meant for.',
    ),
  assignee: Actor.nullable().describe('Who looks at it'),
  revision: z.int().describe('Counts every change; send it back with the next one'),
  openedAt: Instant,
  approvalId: Id.nullable().describe('Of the decision that waits for a second person'),
  decision: CaseDecision.nullable(),
  reason: z.string().nullable().describe('Of the decision, for staff'),
  playerMessage: z.string().nullable().describe('What the player may read of it'),
  decidedBy: Actor.nullable(),
  decidedAt: Instant.nullable(),
  effects: z
    .array(
      z.object({
        effect: z
          .string()
          .describe(
            '`activation_released`, `activation_refused`, `player_blocked`, `player_allowed`, `code_disabled`, `bonuses_taken_back`',
          ),
        done: z.boolean(),
        detail: z.string().nullable().describe('What it concerns, or the key of why it was not done'),
      }),
    )
    .nullable()
    .describe('What deciding came to; null until it has been carried out, which takes a moment'),
});
export type RiskCase = z.infer<typeof RiskCase>;

const tag = 'Fraud cases';
const ofCase = { tag, params: z.strictObject({ caseId: Id }) } as const;
const mayDecide = { permission: 'cases:decide' } as const;

/** Who is meant by a filter or an assignment besides a member of staff by id. */
const Whose = z.union([z.literal('me'), Id]);

export const listCases = defineRoute({
  id: 'listCases',
  method: 'GET',
  path: '/v1/cases',
  tag,
  summary: 'Cases: the queue, or those that were decided',
  description:
    'The queue comes by priority, the highest first, and within it the oldest first. Those of `state=decided` come newest ' +
    'first. Filters that no index serves are looked for among a bounded number: a page may be short without being the last.',
  access: { permission: 'cases:read' },
  query: z.strictObject({
    ...pageQuery,
    state: CaseState.optional().describe('Left out: all that are not decided'),
    kind: CaseKind.optional(),
    minPriority: z.coerce.number().int().min(0).max(100).optional(),
    assignee: z
      .union([z.literal('none'), Whose])
      .optional()
      .describe('`me`, `none`, or the id of a member of staff'),
    player: PlayerExternalId.optional(),
    campaignId: Id.optional(),
    codeId: Id.optional(),
  }),
  success: { 200: pageOf(RiskCase) },
});

export const getCaseQueue = defineRoute({
  id: 'getCaseQueue',
  method: 'GET',
  path: '/v1/cases/summary',
  tag,
  summary: 'The queue in numbers',
  access: { permission: 'cases:read' },
  success: {
    200: z.object({
      waiting: z.int().describe('Not decided, at most 1,000 are counted'),
      unassigned: z.int(),
      mine: z.int(),
      oldestAt: Instant.nullable(),
      byKind: z.array(z.object({ kind: CaseKind, waiting: z.int(), highest: z.int() })),
      decidedToday: z.int().describe('In the last 24 hours, at most 1,000'),
    }),
  },
});

export const CaseNote = z.object({ id: Id, author: Actor, text: z.string(), createdAt: Instant });
export type CaseNote = z.infer<typeof CaseNote>;

/** What is on record of the player around the case: the newest of each, oldest first. */
export const CaseTimeline = z.object({
  attempts: z
    .array(
      z.object({
        activationId: Id,
        at: Instant,
        outcome: z.string(),
        refusalKey: z.string().nullable(),
        code: z.string(),
        campaignId: Id.nullable(),
      }),
    )
    .describe('At most 50'),
  money: z
    .array(
      z.object({
        at: Instant,
        type: z.string(),
        amount: z.int().nullable(),
        currency: z.string().nullable(),
        method: z.string().nullable(),
      }),
    )
    .describe('Deposits and withdrawals, at most 50'),
  bonuses: z
    .array(
      z.object({
        grantId: Id,
        at: Instant,
        kind: z.string(),
        status: z.string(),
        amount: MinorAmount,
        currency: z.string(),
        activationId: Id.nullable(),
      }),
    )
    .describe('At most 50'),
  messages: z
    .array(z.object({ messageId: Id, at: Instant, channel: z.string(), state: z.string() }))
    .describe('At most 50'),
  bets: z
    .array(
      z.object({
        category: z.string().nullable(),
        currency: z.string(),
        bets: z.int(),
        staked: MinorAmount,
        won: MinorAmount,
        fromBonus: MinorAmount.describe('Of what was staked'),
      }),
    )
    .describe('Of the last 30 days, of the latest 5,000 at most'),
});
export type CaseTimeline = z.infer<typeof CaseTimeline>;

export const CaseDetail = RiskCase.extend({
  notes: z.array(CaseNote).describe('Oldest first, at most 200'),
  timeline: CaseTimeline.nullable().describe('Null of a case that concerns no single player'),
  earlier: z.array(RiskCase).describe('Other cases of the same player or code, newest first, at most 20'),
});
export type CaseDetail = z.infer<typeof CaseDetail>;

export const getCase = defineRoute({
  ...ofCase,
  id: 'getCase',
  method: 'GET',
  path: '/v1/cases/:caseId',
  summary: 'One case with what is on record around it',
  access: { permission: 'cases:read' },
  success: { 200: CaseDetail },
  problems: [404],
});

const Revision = z
  .int()
  .min(1)
  .max(2_147_483_647)
  .describe('The revision that was looked at; another one in force is a conflict');

export const assignCase = defineRoute({
  ...ofCase,
  id: 'assignCase',
  method: 'PUT',
  path: '/v1/cases/:caseId/assignee',
  summary: 'Take a case, give it to somebody, or put it back',
  description: 'Of two who take a case at once, one gets it. Again for the same person is no change.',
  access: mayDecide,
  body: z.strictObject({
    assignee: Whose.nullable().describe('`me`, a member of staff who may decide cases, or null for nobody'),
    revision: Revision,
  }),
  success: { 200: RiskCase },
  problems: [404, 409],
});

export const noteOnCase = defineRoute({
  ...ofCase,
  id: 'noteOnCase',
  method: 'POST',
  path: '/v1/cases/:caseId/notes',
  summary: 'Write a note on a case',
  access: mayDecide,
  body: z.strictObject({ text: z.string().trim().min(1).max(4000) }),
  success: { 201: CaseNote },
  problems: [404],
});

export const MAX_TAKEN_BACK = 50;

export const decideCase = defineRoute({
  ...ofCase,
  id: 'decideCase',
  method: 'POST',
  path: '/v1/cases/:caseId/decision',
  summary: 'Decide a case',
  description:
    'Of an activation that is held, `release` accepts it and the others refuse it. `block` also keeps the player from bonuses, ' +
    'or disables the code. Of a review, `release` puts the player on the allow list for a week, so that the code can be entered ' +
    'again. `takeBack` takes back activations that were accepted, with their open bonuses: that waits for a second person (202). ' +
    'The same decision again is answered as the first was; another one is a conflict. What was decided is carried out within ' +
    'moments, whatever happens to the server: `effects` says how it went.',
  access: mayDecide,
  body: z.strictObject({
    decision: CaseDecision,
    reason: z.string().trim().min(1).max(500).describe('For staff: it is kept in the audit log'),
    playerMessage: z.string().trim().min(1).max(500).optional().describe('What the player may read'),
    takeBack: z
      .array(Id)
      .max(MAX_TAKEN_BACK)
      .default([])
      .describe('Accepted activations of the player of the case; not with `release`'),
    revision: Revision,
  }),
  success: { 200: RiskCase, 202: Approval },
  problems: [404, 409],
});

/** How often cases that an indicator had a part in were decided to be abuse. */
export const IndicatorPrecision = z.object({
  indicator: z.string(),
  decided: z.int(),
  upheld: z.int().describe('Declined or blocked'),
  precisionBp: BasisPoints.nullable().describe('Upheld ÷ decided'),
  overturnedOnReview: z.int().describe('Declines that a person took back when the player asked'),
});
export type IndicatorPrecision = z.infer<typeof IndicatorPrecision>;

export const getRiskPrecision = defineRoute({
  id: 'getRiskPrecision',
  method: 'GET',
  path: '/v1/risk/precision',
  tag,
  summary: 'How often what an indicator held was abuse',
  description:
    'Of the cases decided in the time, at most 92 days: of each indicator that gave points to a case, how many there were and how ' +
    'many were upheld. A case with several indicators counts for each.',
  access: { permission: 'risk:read' },
  query: z.strictObject({ from: Instant, to: Instant }),
  success: {
    200: z.object({
      decided: z.int(),
      upheld: z.int(),
      indicators: z.array(IndicatorPrecision),
    }),
  },
});
