import { z } from 'zod';
import { Id, Instant, PlayerExternalId, pageOf, pageQuery } from './common.ts';
import { Actor } from './events.ts';
import { defineRoute } from './route.ts';

export const RiskList = z
  .enum(['blocked', 'allowed'])
  .describe(
    '`blocked`: whoever it is, is declined; `allowed`: is not held or declined for what indicators say',
  );
export type RiskList = z.infer<typeof RiskList>;

export const LISTED_KINDS = ['player', 'device', 'address', 'email', 'phone', 'payment'] as const;

export const ListedKind = z
  .enum(LISTED_KINDS)
  .describe(
    '`player` by the platform’s own id; `address`: an IPv4 address, the /64 of an IPv6 one, or a network in CIDR notation; `email`: the mailbox, however ' +
      'it is spelt; `payment`: the fingerprint that deposits are told with',
  );
export type ListedKind = z.infer<typeof ListedKind>;

/** What is said of a player, or of something players are known by. There is one word about each. */
export const ListEntry = z.object({
  id: Id,
  list: RiskList,
  kind: ListedKind,
  hint: z.string().describe('Of the value: it is not kept, and shown masked. Players and networks are named'),
  player: z.string().nullable().describe('Of kind `player`'),
  reason: z.string(),
  expiresAt: Instant.nullable(),
  createdBy: Actor,
  createdAt: Instant,
});
export type ListEntry = z.infer<typeof ListEntry>;

const tag = 'Risk';

export const listRiskLists = defineRoute({
  id: 'listRiskLists',
  method: 'GET',
  path: '/v1/risk/lists',
  tag,
  summary: 'Who and what is blocked or allowed, newest first',
  access: { permission: 'risk:read' },
  query: z.strictObject({
    ...pageQuery,
    list: RiskList.optional(),
    kind: ListedKind.optional(),
    player: PlayerExternalId.optional().describe('The entry of this player'),
  }),
  success: { 200: pageOf(ListEntry) },
});

export const putOnRiskList = defineRoute({
  id: 'putOnRiskList',
  method: 'POST',
  path: '/v1/risk/lists',
  tag,
  summary: 'Block or allow somebody',
  description:
    'In place of what was said of the same before (200). A network is a /8 to /31 of IPv4 or a /16 to /63 of IPv6, its bits ' +
    'after the prefix dropped; of entries that an address is in, the narrowest counts. It counts from the next attempt on and has no effect on what was ' +
    'granted. Bonuses of a player are blocked altogether with `POST /v1/players/{externalId}/bonus-block`.',
  access: { permission: 'risk:write' },
  body: z.strictObject({
    list: RiskList,
    kind: ListedKind,
    value: z.string().min(1).max(256),
    reason: z.string().trim().min(1).max(500),
    expiresAt: Instant.nullable().default(null).describe('Until then; null for good'),
  }),
  success: { 200: ListEntry, 201: ListEntry },
});

export const takeOffRiskList = defineRoute({
  id: 'takeOffRiskList',
  method: 'DELETE',
  path: '/v1/risk/lists/:entryId',
  tag,
  summary: 'Take an entry off its list',
  access: { permission: 'risk:write' },
  params: z.strictObject({ entryId: Id }),
  success: { 204: null },
  problems: [404],
});
