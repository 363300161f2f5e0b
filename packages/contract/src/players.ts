import { z } from 'zod';
import {
  CalendarDate,
  Country,
  CurrencyCode,
  Id,
  Instant,
  MinorAmount,
  PlayerExternalId,
  Product,
  pageOf,
  pageQuery,
  TimeZone,
} from './common.ts';
import { PropertyPatch, PropertyValues } from './properties.ts';
import { defineRoute } from './route.ts';

/** Channels a player may agree to marketing on, for each product on its own (DOMAIN §7). */
export const CHANNELS = ['email', 'sms', 'push', 'telegram', 'phone', 'popup', 'inbox'] as const;
export type Channel = (typeof CHANNELS)[number];

const shortText = z.string().min(1).max(64);

const facts = {
  email: z.string().min(3).max(254).describe('As the player wrote it'),
  phone: z.string().min(3).max(32),
  country: Country,
  currency: CurrencyCode.describe('Currency of the player’s account'),
  language: z.string().regex(/^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$/, 'a language tag such as de or pt-BR'),
  timeZone: TimeZone.describe(
    'The player’s own; quiet hours and times in messages go by it, else by the brand’s',
  ),
  birthDate: CalendarDate.describe('Calendar date; ages are reckoned in the brand’s time zone'),
  registeredAt: Instant,
  kycStatus: shortText.describe('The platform’s own word; `verified` satisfies offers that ask for KYC'),
  vipLevel: z.int().min(0).max(1_000_000),
  emailVerified: z.boolean(),
  household: z
    .string()
    .min(1)
    .max(128)
    .describe('The platform’s id of the household; limits per household use it'),
  lastDepositAt: Instant,
  lastLoginAt: Instant,
};

const sometimes = <T extends z.ZodType>(schema: T) => schema.nullable().optional();

/**
 * What a platform tells about a player. A field left out keeps its value, `null` clears it. `segments` is replaced as
 * a whole; `properties` are merged by name, and a property set to `null` goes. Exclusion, bonus block and consents
 * have routes of their own, so that nothing here can lift them by accident.
 */
export const PlayerData = z
  .strictObject({
    email: sometimes(facts.email),
    phone: sometimes(facts.phone),
    country: sometimes(facts.country),
    currency: sometimes(facts.currency),
    language: sometimes(facts.language),
    timeZone: sometimes(facts.timeZone),
    birthDate: sometimes(facts.birthDate),
    registeredAt: sometimes(facts.registeredAt),
    kycStatus: sometimes(facts.kycStatus),
    vipLevel: sometimes(facts.vipLevel),
    emailVerified: sometimes(facts.emailVerified),
    household: sometimes(facts.household),
    segments: z.array(shortText).max(200).optional(),
    depositCount: z.int().min(0).max(1_000_000_000).optional(),
    totalDeposits: MinorAmount.optional(),
    lastDepositAt: sometimes(facts.lastDepositAt),
    lastLoginAt: sometimes(facts.lastLoginAt),
    properties: PropertyPatch.optional(),
  })
  .describe(
    'A field left out keeps its value; null clears it. `segments` is replaced as a whole, `properties` are merged by ' +
      'name. `depositCount` and `totalDeposits` (minor units of the player’s currency) seed a history older than ' +
      'Promosmith; deposit events add to them.',
  );
export type PlayerData = z.output<typeof PlayerData>;

/** Whether marketing was agreed to, and since when. */
export const Consent = z.object({ granted: z.boolean(), at: Instant, source: z.string().optional() });
export const Consents = z
  .partialRecord(Product, z.partialRecord(z.enum(CHANNELS), Consent))
  .describe('By product, then channel. A pair that is absent was never asked: no marketing');
export type Consents = z.output<typeof Consents>;

export const Player = z.object({
  id: Id.describe('Derived from the brand and `externalId`'),
  externalId: PlayerExternalId,
  email: facts.email.nullable(),
  phone: facts.phone.nullable(),
  country: facts.country.nullable(),
  currency: facts.currency.nullable(),
  language: facts.language.nullable(),
  timeZone: facts.timeZone.nullable(),
  birthDate: facts.birthDate.nullable(),
  registeredAt: Instant.nullable(),
  kycStatus: facts.kycStatus.nullable(),
  vipLevel: facts.vipLevel.nullable(),
  emailVerified: facts.emailVerified.nullable(),
  household: facts.household.nullable(),
  segments: z.array(z.string()),
  depositCount: z.int(),
  totalDeposits: MinorAmount.describe(
    'Minor units of `currency`; deposits in other currencies are only counted',
  ),
  lastDepositAt: Instant.nullable(),
  lastLoginAt: Instant.nullable(),
  selfExclusion: z
    .object({ until: Instant.nullable().describe('null: until it is lifted') })
    .nullable()
    .describe('null when the player is not excluded now'),
  bonusBlocked: z.boolean(),
  consents: Consents,
  properties: PropertyValues,
  createdAt: Instant,
  updatedAt: Instant,
});
export type Player = z.output<typeof Player>;

const params = z.object({ externalId: PlayerExternalId.describe('The platform’s own id of the player') });
const reason = z.string().trim().min(1).max(500).describe('Kept in the audit log');
const tag = 'Players';

export const putPlayer = defineRoute({
  id: 'putPlayer',
  method: 'PUT',
  path: '/v1/players/:externalId',
  tag,
  summary: 'Create or update a player',
  description:
    'Creates the player when the id is new (201). Otherwise merges (200): fields left out keep their value, null ' +
    'clears, `segments` is replaced, `properties` are merged by name. Sending the same body again changes nothing.',
  access: { permission: 'players:write' },
  params,
  body: PlayerData,
  success: { 200: Player, 201: Player },
});

export const getPlayer = defineRoute({
  id: 'getPlayer',
  method: 'GET',
  path: '/v1/players/:externalId',
  tag,
  summary: 'See a player',
  access: { permission: 'players:read' },
  params,
  success: { 200: Player },
  problems: [404],
});

export const listPlayers = defineRoute({
  id: 'listPlayers',
  method: 'GET',
  path: '/v1/players',
  tag,
  summary: 'Find players',
  description:
    'By the beginning of the external id (then sorted by it) or by e-mail; otherwise all, newest first. An e-mail ' +
    'finds every player of that mailbox, also those who wrote it with dots, tags or capitals.',
  access: { permission: 'players:read' },
  query: z.strictObject({
    externalId: PlayerExternalId.optional().describe('The id, or its first characters'),
    email: facts.email.optional(),
    ...pageQuery,
  }),
  success: { 200: pageOf(Player) },
});

export const setSelfExclusion = defineRoute({
  id: 'setSelfExclusion',
  method: 'POST',
  path: '/v1/players/:externalId/self-exclusion',
  tag,
  summary: 'Exclude a player, or lift the exclusion',
  description:
    'While excluded, a player gets no activation, no bonus and no message. A player not known yet is created, so ' +
    'that an exclusion is never lost.',
  access: { permission: 'players:write' },
  params,
  body: z.discriminatedUnion('excluded', [
    z.strictObject({
      excluded: z.literal(true),
      until: Instant.nullable().default(null).describe('null: until it is lifted'),
      reason,
    }),
    z.strictObject({ excluded: z.literal(false), reason }),
  ]),
  success: { 200: Player },
});

export const setBonusBlock = defineRoute({
  id: 'setBonusBlock',
  method: 'POST',
  path: '/v1/players/:externalId/bonus-block',
  tag,
  summary: 'Block a player from bonuses, or unblock',
  description: 'A blocked player’s codes are refused with `bonus_blocked`. Bonuses already granted go on.',
  access: { permission: 'players:write' },
  params,
  body: z.strictObject({ blocked: z.boolean(), reason }),
  success: { 200: Player },
  problems: [404],
});

export const setConsents = defineRoute({
  id: 'setConsents',
  method: 'POST',
  path: '/v1/players/:externalId/consents',
  tag,
  summary: 'Record marketing consents',
  description: 'Each pair of product and channel stands on its own; pairs not named keep what they were.',
  access: { permission: 'players:write' },
  params,
  body: z.strictObject({
    consents: z
      .array(z.strictObject({ product: Product, channel: z.enum(CHANNELS), granted: z.boolean() }))
      .min(1)
      .max(Product.options.length * CHANNELS.length),
    source: z.string().min(1).max(128).optional().describe('Where it was given, e.g. `registration form v3`'),
  }),
  success: { 200: Player },
  problems: [404],
});
