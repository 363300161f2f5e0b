import { z } from 'zod';
import { Approval } from './approvals.ts';
import { CaseKind } from './cases.ts';
import { Code, CodeKind } from './codes.ts';
import { Id, Instant, MinorAmount, pageOf, pageQuery } from './common.ts';
import { Actor } from './events.ts';
import { defineRoute } from './route.ts';

const tag = 'Code watch';
const mayLook = { permission: 'risk:read' } as const;
const Reason = z.string().trim().min(1).max(500);

export const Freezing = z
  .enum(['never', 'leak', 'burst', 'both'])
  .describe('At what alarm a code is disabled at once, before anybody has looked');
export type Freezing = z.infer<typeof Freezing>;

const settings = {
  freeze: Freezing.default('never'),
  burstFactor: z
    .int()
    .min(2)
    .max(100)
    .default(5)
    .describe('A burst is more than so many times what is usual in ten minutes'),
  minTries: z.int().min(5).max(1_000_000).default(50).describe('And at least so many tries in ten minutes'),
  strangers: z
    .int()
    .min(2)
    .max(1_000)
    .default(3)
    .describe('A code has leaked when so many players tried it whom it was not meant for'),
  campaigns: z
    .record(Id, Freezing)
    .default({})
    .refine((campaigns) => Object.keys(campaigns).length <= 500, 'at most 500 campaigns')
    .describe('Campaigns whose codes are frozen otherwise'),
};

/** How the codes of a brand are watched. */
export const CodeWatchSettings = z.object({
  ...settings,
  revision: z.int().describe('0 until they are set'),
});
export type CodeWatchSettings = z.infer<typeof CodeWatchSettings>;

export const getCodeWatchSettings = defineRoute({
  id: 'getCodeWatchSettings',
  method: 'GET',
  path: '/v1/code-watch/settings',
  tag,
  summary: 'How codes are watched',
  access: mayLook,
  success: { 200: CodeWatchSettings },
});

export const setCodeWatchSettings = defineRoute({
  id: 'setCodeWatchSettings',
  method: 'PUT',
  path: '/v1/code-watch/settings',
  tag,
  summary: 'Change how codes are watched',
  description: 'All of it at once. What is left out goes back to what it was before anybody set it.',
  access: { permission: 'risk:write' },
  body: z.strictObject({
    ...settings,
    revision: z
      .int()
      .min(0)
      .max(2_147_483_647)
      .describe('The revision this change was made on; another one in force is a conflict'),
  }),
  success: { 200: CodeWatchSettings },
  problems: [404, 409],
});

/** A code, and how it is tried. */
export const WatchedCode = z.object({
  codeId: Id,
  code: z.string().describe('Masked unless it is shared'),
  kind: CodeKind,
  state: z.string(),
  campaignId: Id,
  tries: z.object({
    now: z.int().describe('Since the last full ten minutes'),
    hour: z.int().describe('In the last six slots of ten minutes'),
    day: z.int().describe('In the last 24 hours'),
  }),
  baseline: z
    .number()
    .nullable()
    .describe('Tries in ten minutes on the average of the day before; null while too little is known'),
  watch: z
    .enum(['learning', 'quiet', 'burst'])
    .describe('`learning`: known for less than an hour, so no burst is told of'),
  strangers: z.int().describe('Players who tried it and whom it was not meant for'),
  alarms: z.array(z.object({ caseId: Id, kind: CaseKind, openedAt: Instant })).describe('Open cases of it'),
});
export type WatchedCode = z.infer<typeof WatchedCode>;

export const listWatchedCodes = defineRoute({
  id: 'listWatchedCodes',
  method: 'GET',
  path: '/v1/code-watch',
  tag,
  summary: 'Codes with alarms, and those that are tried the most',
  description:
    'Codes with open alarms come first, then those with the most tries in the last hour: shared codes with any in the last 24 ' +
    'hours, others once strangers have tried them. At most a hundred. Counted from the feed, a second or two late.',
  access: mayLook,
  query: z.strictObject({ campaignId: Id.optional() }),
  success: { 200: z.object({ items: z.array(WatchedCode) }) },
});

const ofCode = { tag, params: z.strictObject({ codeId: Id }) } as const;

export const getWatchedCode = defineRoute({
  ...ofCode,
  id: 'getWatchedCode',
  method: 'GET',
  path: '/v1/code-watch/codes/:codeId',
  summary: 'How one code is tried',
  access: mayLook,
  success: {
    200: WatchedCode.extend({
      slots: z
        .array(z.object({ at: Instant, tries: z.int(), accepted: z.int() }))
        .describe('Of ten minutes each, the last 24 hours, oldest first; those without a try are left out'),
      strangersNamed: z
        .array(z.object({ player: z.string(), tries: z.int(), firstAt: Instant }))
        .describe('At most fifty, in the order they came'),
      freeze: Freezing.describe('What is in force for its campaign'),
      reissue: z
        .object({ batchId: Id, players: z.int(), at: Instant, by: Actor })
        .nullable()
        .describe('Fresh codes that were made in place of the batch it belongs to'),
      takeBacks: z
        .array(z.object({ jobId: Id, status: z.string(), startedAt: Instant }))
        .describe('Newest first, at most ten'),
    }),
  },
  problems: [404],
});

export const listCodeUsers = defineRoute({
  ...ofCode,
  id: 'listCodeUsers',
  method: 'GET',
  path: '/v1/code-watch/codes/:codeId/users',
  summary: 'Who used a code, and what they hold of it',
  description: 'Newest first.',
  access: { permission: 'activations:read' },
  query: z.strictObject(pageQuery),
  success: {
    200: pageOf(
      z.object({
        activationId: Id,
        player: z.string(),
        outcome: z.string(),
        at: Instant,
        bonuses: z.array(
          z.object({
            grantId: Id,
            kind: z.string(),
            status: z.string(),
            currency: z.string(),
            balance: MinorAmount,
          }),
        ),
      }),
    ),
  },
  problems: [404],
});

export const freezeCode = defineRoute({
  ...ofCode,
  id: 'freezeCode',
  method: 'POST',
  path: '/v1/code-watch/codes/:codeId/freeze',
  summary: 'Freeze a code: it is disabled for good',
  description: 'As `POST /v1/codes/{codeId}/disable`; one that is disabled already stays as it is.',
  access: { permission: 'codes:disable' },
  body: z.strictObject({ reason: Reason }),
  success: { 200: Code },
  problems: [404],
});

export const takeBackCode = defineRoute({
  ...ofCode,
  id: 'takeBackCode',
  method: 'POST',
  path: '/v1/code-watch/codes/:codeId/take-backs',
  summary: 'Take back what a code gave',
  description:
    'Waits for a second person, and then is a job: every activation of the code that was accepted until it began is reversed, ' +
    'with its open bonuses. A bonus that has become real money by then stays, and is reported. Freeze the code first. The ' +
    'reason is told in the events of what is taken back, which players may see.',
  access: { permission: 'cases:decide' },
  body: z.strictObject({ reason: Reason }),
  success: { 202: Approval },
  problems: [404, 409],
});

export const listTakenBack = defineRoute({
  id: 'listTakenBack',
  method: 'GET',
  path: '/v1/take-backs/:takeBackId',
  tag,
  summary: 'What a job took back, activation by activation',
  description: 'Its progress is at `/v1/jobs/{takeBackId}`.',
  access: { permission: 'cases:read' },
  params: z.strictObject({ takeBackId: Id }),
  query: z.strictObject({ ...pageQuery, result: z.enum(['taken', 'paid', 'nothing']).optional() }),
  success: {
    200: pageOf(
      z.object({
        activationId: Id,
        player: z.string(),
        result: z
          .enum(['taken', 'paid', 'nothing'])
          .nullable()
          .describe('`paid`: at least one bonus had become real money and stays; null: not done yet'),
        taken: z.int().describe('Bonuses'),
        paid: z.int().describe('Bonuses'),
      }),
    ),
  },
  problems: [404],
});

export const reissueCodes = defineRoute({
  ...ofCode,
  id: 'reissueCodes',
  method: 'POST',
  path: '/v1/code-watch/codes/:codeId/re-issues',
  summary: 'Give fresh codes to who has not used theirs',
  description:
    'Players who hold a code of the same batch and have not used it get a personal one of the same campaign and pattern, and the ' +
    'old batch is disabled. A code that was made by itself is a batch of one. Asked again it is answered with what there is.',
  access: { permission: 'cases:decide' },
  body: z.strictObject({ reason: Reason }),
  success: {
    200: z.object({ batchId: Id, players: z.int() }),
    202: z.object({ batchId: Id, players: z.int() }),
  },
  problems: [404, 409],
});
