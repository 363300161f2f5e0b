import { JURISDICTIONS } from '@promosmith/core/policy';
import { z } from 'zod';
import { ChallengeKind } from './challenges.ts';
import { CurrencyCode, Id, Instant, MinorAmount, TimeZone } from './common.ts';
import { defineRoute } from './route.ts';

export const BrandSlug = z
  .string()
  .regex(
    /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/,
    'lower-case letters, digits and dashes, such as lucky-star',
  );

/** Whose policy pack applies: see `GET /v1/policies`. */
export const Jurisdiction = z.enum(JURISDICTIONS);

const ThresholdByCurrency = z
  .record(CurrencyCode, MinorAmount)
  .describe('Most that needs no approval, in minor units; in a currency not named everything needs one');

/** What waits for a second person (DOMAIN §7). `null` and `never` switch a check off. */
export const ApprovalThresholds = z.strictObject({
  campaignBudget: ThresholdByCurrency.nullable()
    .default(null)
    .describe('Publishing a campaign with a larger budget, or with none, waits'),
  bulkGeneration: z
    .int()
    .min(0)
    .nullable()
    .default(null)
    .describe('Making more codes than this in one batch waits'),
  limitRaises: z.enum(['always', 'never']).default('never').describe('Whether raising a limit waits'),
  manualGrant: ThresholdByCurrency.nullable().default(null).describe('Granting more than this by hand waits'),
});
export type ApprovalThresholds = z.infer<typeof ApprovalThresholds>;

export const BrandSettings = z.strictObject({
  currencies: z
    .array(z.strictObject({ code: CurrencyCode, exponent: z.int().min(0).max(8) }))
    .max(200)
    .default([])
    .describe('Currencies beyond ISO 4217: crypto, play money'),
  approvals: ApprovalThresholds.prefault({}),
  jurisdiction: Jurisdiction.default('default').describe(
    'Of the brand’s licence. Players of a country with a pack of its own are under that one as well',
  ),
  feesBps: z
    .int()
    .min(0)
    .max(10_000)
    .nullable()
    .default(null)
    .describe('Fees and duties on gross gaming revenue, basis points, for reports alone; null: none'),
  challenge: ChallengeKind.default('off'),
});
export type BrandSettings = z.infer<typeof BrandSettings>;

/** Algorithms a platform may sign player tokens with when it publishes its keys. Never a symmetric one. */
export const PLAYER_TOKEN_ALGORITHMS = ['RS256', 'PS256', 'ES256', 'ES384', 'EdDSA'] as const;

const tokenClaims = {
  issuer: z.string().min(1).max(256).optional().describe('`iss` a token must carry'),
  audience: z.string().min(1).max(256).optional().describe('`aud` a token must carry'),
};
const Hs256PlayerTokens = z.strictObject({ kind: z.literal('hs256'), ...tokenClaims });
const JwksPlayerTokens = z.strictObject({
  kind: z.literal('jwks'),
  url: z.url({ protocol: /^https?$/ }).max(2048),
  algorithms: z
    .array(z.enum(PLAYER_TOKEN_ALGORITHMS))
    .min(1)
    .default([...PLAYER_TOKEN_ALGORITHMS]),
  ...tokenClaims,
});

/** How the platform's player tokens are verified: what may be shown. */
export const PlayerTokens = z.discriminatedUnion('kind', [Hs256PlayerTokens, JwksPlayerTokens]);
export type PlayerTokens = z.infer<typeof PlayerTokens>;

/** The same with the secrets, as it is set. */
export const PlayerTokensInput = z.discriminatedUnion('kind', [
  Hs256PlayerTokens.extend({
    secrets: z
      .array(z.string().min(32).max(512))
      .min(1)
      .max(2)
      .describe('Shared with the platform, at least 32 bytes; two while it is being replaced'),
  }),
  JwksPlayerTokens,
]);
export type PlayerTokensInput = z.infer<typeof PlayerTokensInput>;

export const Brand = z.object({
  brandId: Id,
  slug: BrandSlug,
  name: z.string(),
  timeZone: TimeZone,
  currency: CurrencyCode.describe('Shown where an amount has no currency of its own'),
  settings: BrandSettings,
  playerTokens: PlayerTokens.nullable(),
  revision: z.int(),
  createdAt: Instant,
  updatedAt: Instant,
});
export type Brand = z.infer<typeof Brand>;

/** What a brand begins with; the rest of its settings have defaults and can be changed later. */
export const NewBrandInput = z.strictObject({
  slug: BrandSlug.describe('Its short name in keys, tokens and events; it never changes'),
  name: z.string().trim().min(1).max(128),
  timeZone: TimeZone,
  currency: CurrencyCode,
  jurisdiction: Jurisdiction.default('default'),
});
export type NewBrandInput = z.infer<typeof NewBrandInput>;

export const BrandPatch = z.strictObject({
  revision: z.int().describe('The revision this change was made on; another one in force is a conflict'),
  name: z.string().trim().min(1).max(128).optional(),
  timeZone: TimeZone.optional(),
  currency: CurrencyCode.optional(),
  currencies: BrandSettings.shape.currencies
    .unwrap()
    .optional()
    .describe('Currencies can be added; one in force keeps its exponent'),
  jurisdiction: Jurisdiction.optional(),
  feesBps: BrandSettings.shape.feesBps.unwrap().optional(),
  challenge: ChallengeKind.optional(),
});
export type BrandPatch = z.infer<typeof BrandPatch>;

export const getBrand = defineRoute({
  id: 'getBrand',
  method: 'GET',
  path: '/v1/brand',
  tag: 'Brand',
  summary: 'The brand of the credential',
  access: { permission: 'brands:read' },
  success: { 200: Brand },
});

export const createBrand = defineRoute({
  id: 'createBrand',
  method: 'POST',
  path: '/v1/brands',
  tag: 'Brand',
  summary: 'Make another brand, whose owner you are',
  description:
    'For people, not API keys. It has nothing of the brand at hand; name it in `Promosmith-Brand` from now on.',
  access: { permission: 'brands:create' },
  body: NewBrandInput,
  success: { 201: Brand },
});

export const updateBrand = defineRoute({
  id: 'updateBrand',
  method: 'PATCH',
  path: '/v1/brand',
  tag: 'Brand',
  summary: 'Change the brand',
  access: { permission: 'brands:write' },
  body: BrandPatch,
  success: { 200: Brand },
  problems: [409],
});

export const setPlayerTokens = defineRoute({
  id: 'setPlayerTokens',
  method: 'PUT',
  path: '/v1/brand/player-tokens',
  tag: 'Brand',
  summary: 'Say how player tokens are verified',
  description:
    "A player token is a JWT of the platform with `brand` (the brand's slug), `sub` (the platform's id of the player) and `exp` at most a day ahead. Send null to stop accepting them.",
  access: { permission: 'brands:write' },
  body: z.strictObject({ playerTokens: PlayerTokensInput.nullable() }),
  success: { 200: Brand },
});
