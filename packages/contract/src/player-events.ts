import { z } from 'zod';
import { GrantKind, GrantStatus } from './bonuses.ts';
import { MessageChannel } from './channels.ts';
import { CurrencyCode, Id, Instant, MinorAmount, PlayerExternalId } from './common.ts';
import type { EventType } from './events.ts';

const told = { player: PlayerExternalId.describe("The platform's own id of the player") };
const reason = z.string();

const Activated = z.strictObject({
  ...told,
  activationId: Id,
  channel: z.string(),
  code: z.string().describe('Masked, unless it is a shared one'),
  codeId: z.string(),
  campaignId: Id,
  campaignVersion: z.int(),
  outcome: z.string(),
});

const Refused = z.strictObject({
  ...told,
  activationId: Id,
  channel: z.string(),
  code: z.string().nullable(),
  codeId: z.string().nullable(),
  campaignId: Id.nullable(),
  campaignVersion: z.int().nullable(),
  key: z.string().describe('Why: the key of the refusal'),
});

const Held = Activated.omit({ outcome: true }).extend({
  score: z.int().describe('Points of all indicators together'),
});

const TakenBack = z.strictObject({
  ...told,
  activationId: Id,
  code: z.string(),
  codeId: z.string(),
  campaignId: Id,
  reason: reason.optional(),
});

const ofBonus = {
  ...told,
  grantId: Id,
  kind: GrantKind.optional(),
  campaignId: Id.optional(),
  currency: CurrencyCode.nullable().optional(),
};
const inFunds = { ...ofBonus, at: Instant.optional().describe('When it came to that, by the wallet') };

const Granted = z.strictObject({
  ...ofBonus,
  amount: MinorAmount.nullable(),
  activationId: Id.nullable().optional(),
  source: z.string().nullable().optional().describe('What issued it when no activation did'),
  parentGrantId: Id.nullable().optional(),
  depositId: z.string().optional(),
});

const Ended = z.strictObject({
  ...inFunds,
  status: GrantStatus.optional(),
  amount: MinorAmount.nullable().optional().describe('What was left of it'),
  reason: reason.optional(),
  activationId: Id.nullable().optional(),
  target: z.string().optional().describe('The outside system that refused it'),
});

const Spins = z.strictObject({
  ...ofBonus,
  activationId: Id.nullable().optional(),
  provider: z.string(),
  count: z.int(),
});
const SpinsEnded = Spins.extend({
  state: z.string(),
  played: z.int(),
  unplayed: z.int(),
  won: MinorAmount,
  credited: MinorAmount.optional(),
  paidAs: z.enum(['cash', 'bonus']).optional(),
  referred: MinorAmount.optional().describe('What waits for a person instead'),
  reason: reason.optional(),
});

const Ticket = z.strictObject({
  ...told,
  ticketId: Id,
  tournament: z.string().describe('Key of the tournaments it is good for'),
  grantId: Id,
});

const Message = z.strictObject({
  ...told,
  messageId: Id,
  channel: MessageChannel,
  contentId: Id,
  contentVersion: z.int(),
  journeyId: Id.optional(),
  enrolmentId: Id.optional(),
  resendOf: Id.optional(),
  reason: reason.optional(),
});

const Run = z.strictObject({ ...told, enrolmentId: Id, journeyId: Id, version: z.int() });
const RunEnded = Run.extend({ nodeId: z.string(), reason, connector: z.string().optional() });

/**
 * `data` of every event that is published of one player, by type. Amounts are minor units. Journeys hear these; what is
 * told of a campaign, a batch of codes or a draw as a whole concerns no single player.
 */
export const PLAYER_EVENTS = {
  'code.activated': Activated,
  'code.distributed': z.strictObject({
    ...told,
    codeId: z.string(),
    campaignId: Id,
    batchId: Id.nullable(),
    kind: z.string(),
    last4: z.string(),
  }),
  'activation.refused': Refused,
  'activation.held': Held,
  'activation.lapsed': TakenBack,
  'activation.reversed': TakenBack,
  'bonus.granted': Granted,
  'bonus.converted': z.strictObject({
    ...inFunds,
    amount: MinorAmount.describe('What became real money'),
    removed: MinorAmount.optional(),
  }),
  'bonus.lost': Ended,
  'bonus.expired': Ended,
  'bonus.forfeited': Ended,
  'bonus.cancelled': Ended,
  'bonus.reversed': Ended,
  'bonus.extended': z.strictObject({ ...ofBonus, expiresAt: Instant }),
  'bonus.reinstated': z.strictObject({ ...inFunds, balance: MinorAmount }),
  'wagering.progressed': z.strictObject({ ...inFunds, wagered: MinorAmount, required: MinorAmount }),
  'wagering.completed': z.strictObject(inFunds),
  'freespins.issued': Spins.extend({ spinValue: MinorAmount, expiresAt: Instant.nullable() }),
  'freespins.finished': SpinsEnded,
  'freespins.cancelled': SpinsEnded,
  'cashback.settled': z.strictObject({
    ...ofBonus,
    settlementId: Id,
    number: z.int().describe('Of the period, from 1'),
    from: Instant,
    to: Instant,
    netLoss: z.int().nullable(),
    amount: MinorAmount,
    state: z.string(),
    reason: reason.optional(),
  }),
  'ticket.issued': Ticket,
  'ticket.used': Ticket.extend({ tournamentId: Id, reference: z.string() }),
  'ticket.returned': Ticket.extend({ tournamentId: Id }),
  'grant.delivery_failed': z.strictObject({
    ...ofBonus,
    target: z.string(),
    deliveryId: Id,
    operation: z.string(),
    attempts: z.int(),
    error: z.string(),
  }),
  'risk.flagged': z.strictObject({
    ...inFunds,
    grantId: Id.optional(),
    activationId: Id.optional(),
    score: z.int().optional().describe('Points of all indicators together'),
    indicator: z.string().optional(),
    betId: z.string().optional().describe('Of a bet above the largest that terms allow'),
    stake: MinorAmount.optional(),
    limit: MinorAmount.optional(),
    reaction: z.string().optional(),
  }),
  'message.sent': Message,
  'message.shown': Message,
  'message.clicked': Message,
  'message.dismissed': Message,
  'message.failed': Message,
  'message.suppressed': Message,
  'message.expired': Message,
  'journey.enrolled': Run.extend({ control: z.boolean() }),
  'journey.completed': RunEnded,
  'journey.exited': RunEnded,
} as const satisfies Partial<Record<EventType, z.ZodType>>;

export type PlayerEventType = keyof typeof PLAYER_EVENTS;

export const isPlayerEventType = (type: string): type is PlayerEventType =>
  Object.hasOwn(PLAYER_EVENTS, type);
