import { z } from 'zod';
import { CodeText } from './activations.ts';
import { Country, CurrencyCode, Id, Instant, IpAddress, MinorAmount, PlayerExternalId } from './common.ts';
import { ClientActionName } from './content-documents.ts';
import { PlayerData } from './players.ts';
import { defineRoute } from './route.ts';

const reference = z
  .string()
  .min(1)
  .max(128)
  .regex(/^[\x20-\x7e]+$/, 'printable ASCII only');
const name = z.string().min(1).max(64);
const PositiveAmount = z.int().min(1);
const FreeData = z.record(z.string().min(1).max(128), z.unknown());

const Withdrawal = z.strictObject({
  withdrawalId: reference,
  amount: PositiveAmount,
  currency: CurrencyCode,
  method: name.optional(),
});

const common = {
  id: reference.describe("The platform's own id of the event: sent again, it is not applied again"),
  time: Instant.describe('When it happened on the platform'),
  player: PlayerExternalId.describe("The platform's own id of the player"),
};

const eventOf = <const Type extends string, Data extends z.ZodType>(type: Type, data: Data) =>
  z.strictObject({ ...common, type: z.literal(type), data });

/** What a platform tells, by type. Amounts are minor units of their currency. */
export const PLATFORM_EVENTS = {
  'player.registered': eventOf('player.registered', PlayerData),
  'player.updated': eventOf('player.updated', PlayerData),
  'player.self_excluded': eventOf(
    'player.self_excluded',
    z.strictObject({
      until: Instant.nullable().describe('null: until the platform lifts it'),
      reason: z.string().min(1).max(500).optional(),
    }),
  ),
  login: eventOf(
    'login',
    z.strictObject({
      ip: IpAddress.optional(),
      device: reference.optional(),
      country: Country.optional(),
    }),
  ),
  'deposit.succeeded': eventOf(
    'deposit.succeeded',
    z.strictObject({
      depositId: reference.describe('A deposit counts once, under whatever event ids it is told'),
      amount: PositiveAmount,
      currency: CurrencyCode,
      method: name.describe('Payment method, in the words that campaigns use'),
      instrument: reference
        .optional()
        .describe(
          'What the card, account or wallet is known by, the same whenever it pays: a fingerprint or hash of the payment provider’s, never its number. Accounts that pay with the same are linked',
        ),
      index: z
        .int()
        .min(1)
        .max(1_000_000)
        .optional()
        .describe("The player's how-many-th deposit, if the platform counts; otherwise it is counted here"),
      code: CodeText.optional().describe(
        'A code the player gave with the deposit: it is used before the deposit counts, and paid by it. The result tells how that came out; the deposit is taken either way',
      ),
    }),
  ),
  'deposit.reversed': eventOf(
    'deposit.reversed',
    z.strictObject({
      depositId: reference.describe('A deposit is reversed once, under whatever event ids that is told'),
      amount: PositiveAmount.describe('That of the deposit: it is reversed as a whole'),
      currency: CurrencyCode.describe('That of the deposit'),
      reason: z.string().min(1).max(500).optional(),
    }),
  ),
  'withdrawal.requested': eventOf('withdrawal.requested', Withdrawal),
  'withdrawal.cancelled': eventOf('withdrawal.cancelled', Withdrawal),
  'withdrawal.paid': eventOf('withdrawal.paid', Withdrawal),
  'bet.settled': eventOf(
    'bet.settled',
    z.strictObject({
      betId: reference.describe('A bet counts once, under whatever event ids it is told'),
      roundId: reference,
      game: reference,
      category: name.optional(),
      provider: name.optional(),
      stake: MinorAmount,
      win: MinorAmount,
      currency: CurrencyCode,
    }),
  ),
  'round.rolled_back': eventOf(
    'round.rolled_back',
    z.strictObject({ roundId: reference, reason: z.string().min(1).max(500).optional() }),
  ),
  'client.action': eventOf(
    'client.action',
    z.strictObject({
      action: ClientActionName,
      properties: FreeData.optional(),
    }),
  ),
} as const;

/** Types that come by the million: who keeps them writes them down alone, and nobody else is told. */
export const KEPT_EVENT_TYPES = ['bet.settled'] as const satisfies readonly (keyof typeof PLATFORM_EVENTS)[];
export type KeptEventType = (typeof KEPT_EVENT_TYPES)[number];

/** An event of the platform's own, e.g. `custom.tournament_joined`. */
export const CustomEvent = z.strictObject({
  ...common,
  type: z.templateLiteral(['custom.', z.string().regex(/^[a-z][a-z0-9_.]{0,63}$/)]),
  data: FreeData,
});

const known = Object.values(PLATFORM_EVENTS) as [(typeof PLATFORM_EVENTS)[keyof typeof PLATFORM_EVENTS]];

export const PlatformEvent = z.union([z.discriminatedUnion('type', known), CustomEvent]);
export type PlatformEvent = z.infer<typeof PlatformEvent>;
export type PlatformEventType = PlatformEvent['type'];

export const MAX_EVENTS_PER_CALL = 1000;

const { $schema, ...documented } = z.toJSONSchema(PlatformEvent, { io: 'input' });

/** Items are checked one by one, so that a bad one is rejected alone: here they are only documented. */
const UncheckedEvent = z.custom<z.input<typeof PlatformEvent>>().meta(documented);

/** How a code came out that was given with a deposit. */
export const DepositCodeResult = z.object({
  outcome: z.enum(['accepted', 'awaiting_deposit', 'in_review', 'refused']),
  activationId: Id.nullable().describe('null when the code was not tried'),
  key: z.string().optional().describe('Why it was refused, or why this deposit did not pay for it'),
  message: z.string().optional(),
});
export type DepositCodeResult = z.infer<typeof DepositCodeResult>;

const Outcome = { id: z.string().nullable().describe('null when the item has no usable id') };
const Taken = {
  ...Outcome,
  code: DepositCodeResult.optional().describe('Of a deposit that came with a code'),
};

export const PlatformEventResult = z.discriminatedUnion('status', [
  z.object({ status: z.literal('accepted'), ...Taken }),
  z.object({ status: z.literal('duplicate'), ...Taken }),
  z.object({
    status: z.literal('rejected'),
    ...Outcome,
    reason: z.object({
      key: z
        .string()
        .describe('`invalid_event`, `unknown_event_type`, `event_in_future`, `event_too_old`, …'),
      message: z.string(),
      errors: z
        .array(z.object({ field: z.string(), reason: z.string(), fix: z.string().optional() }))
        .optional(),
    }),
  }),
]);
export type PlatformEventResult = z.infer<typeof PlatformEventResult>;

export const sendEvents = defineRoute({
  id: 'sendEvents',
  method: 'POST',
  path: '/v1/events',
  tag: 'Events',
  summary: "Send the platform's events",
  description:
    'Each item gets its own result, in the order sent, and a rejected one undoes nothing of the others. Events are known ' +
    'by player and `id`: the same event again is a `duplicate` and changes nothing; the same id with other content is ' +
    'rejected with `conflict`. A deposit is known by its `depositId` in the same way, and a settled bet by its `betId` alone, whatever the ids of their events. Events of one player are applied in the order of the array. An event from more than ' +
    'five minutes ahead or ninety days ago is rejected. An event is taken with all that it leads to, or not at all: after ' +
    'an error of the whole request, send it again unchanged. What was taken by then is a `duplicate`.',
  access: { permission: 'events:write' },
  body: z.strictObject({ events: z.array(UncheckedEvent).min(1).max(MAX_EVENTS_PER_CALL) }),
  bodyLimit: 2 * 1024 * 1024,
  success: { 200: z.object({ results: z.array(PlatformEventResult) }) },
});
