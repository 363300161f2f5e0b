import { z } from 'zod';
import { Instant, pageOf, pageQuery } from './common.ts';
import { defineRoute } from './route.ts';

/** What rewards call a provider, as part of a path. */
export const ProviderName = z
  .string()
  .regex(
    /^[a-z0-9][a-z0-9._-]{0,63}$/,
    'small letters, digits, dots, dashes and underscores, such as acme-games',
  );

export const ProviderShape = z
  .enum(['hmac256', 'formsha1', 'md5query'])
  .describe(
    'How the provider is spoken to: `hmac256` JSON signed by HMAC-SHA256, `formsha1` forms signed by HMAC-SHA1 with ' +
      'timestamp and nonce, `md5query` queries with an MD5 hash',
  );
export type ProviderShape = z.infer<typeof ProviderShape>;

/** A provider of games that free spins are ordered at. Its secret is never shown. */
export const FreeRoundProvider = z.object({
  name: ProviderName,
  shape: ProviderShape,
  baseUrl: z.string(),
  accountId: z.string(),
  callbackUrl: z.string().describe('Where the provider tells of wins'),
  previousSecretUntil: Instant.nullable().describe(
    'Until then callbacks may be signed with the secret before as well',
  ),
  createdAt: Instant,
  updatedAt: Instant,
});
export type FreeRoundProvider = z.infer<typeof FreeRoundProvider>;

export const FreeRoundProviderInput = z.strictObject({
  shape: ProviderShape,
  baseUrl: z
    .string()
    .min(1)
    .max(2048)
    .describe('http or https, without user, password or query; the paths of the shape are added to it'),
  accountId: z.string().min(1).max(128).describe('What the provider knows you by: casino or merchant id'),
  secret: z
    .string()
    .min(8)
    .max(512)
    .describe('The token, key or secret both sides sign with. Who changes where it is used has to know it'),
  secretOverlapSeconds: z
    .int()
    .min(0)
    .max(604_800)
    .default(86_400)
    .describe(
      'Where the secret is a new one: how long callbacks signed with the one before are still taken, at most seven days',
    ),
});
export type FreeRoundProviderInput = z.infer<typeof FreeRoundProviderInput>;

const ofProvider = { tag: 'Free spins', params: z.strictObject({ provider: ProviderName }) } as const;

export const putFreeRoundProvider = defineRoute({
  ...ofProvider,
  id: 'putFreeRoundProvider',
  method: 'PUT',
  path: '/v1/free-round-providers/:provider',
  summary: 'Connect a provider of free spins, or change how it is reached',
  description:
    'Rewards name it in `provider`. The secret signs what is sent and checks what the provider tells. A new one is in ' +
    'force at once, on both ways; during the overlap callbacks may be signed with either.',
  access: { permission: 'providers:write' },
  body: FreeRoundProviderInput,
  success: { 200: FreeRoundProvider, 201: FreeRoundProvider },
});

export const listFreeRoundProviders = defineRoute({
  id: 'listFreeRoundProviders',
  method: 'GET',
  path: '/v1/free-round-providers',
  tag: 'Free spins',
  summary: 'Providers of free spins, by name',
  access: { permission: 'providers:read' },
  query: z.strictObject(pageQuery),
  success: { 200: pageOf(FreeRoundProvider) },
});

export const getFreeRoundProvider = defineRoute({
  ...ofProvider,
  id: 'getFreeRoundProvider',
  method: 'GET',
  path: '/v1/free-round-providers/:provider',
  summary: 'One provider of free spins',
  access: { permission: 'providers:read' },
  success: { 200: FreeRoundProvider },
  problems: [404],
});

export const deleteFreeRoundProvider = defineRoute({
  ...ofProvider,
  id: 'deleteFreeRoundProvider',
  method: 'DELETE',
  path: '/v1/free-round-providers/:provider',
  summary: 'Disconnect a provider',
  description: 'Refused (409) while spins of players are ordered there that are not over.',
  access: { permission: 'providers:write' },
  success: { 204: null },
  problems: [404, 409],
});

export const receiveProviderCallback = defineRoute({
  id: 'receiveProviderCallback',
  method: 'POST',
  path: '/v1/providers/:brand/:provider/callbacks',
  tag: 'Free spins',
  summary: 'A provider tells of rounds, wins and the end of free spins',
  description:
    'For providers: no credential but the signature of its shape, over the bytes as they are sent. Each transaction is ' +
    'processed once; sent again, it is answered as it was the first time. What each shape sends is in the guide on free ' +
    'spins.',
  access: 'open',
  params: z.strictObject({
    brand: z.string().min(1).max(64).describe('Slug of the brand'),
    provider: ProviderName,
  }),
  rawBody: { contentTypes: ['application/json', 'application/x-www-form-urlencoded'] },
  success: {
    200: z
      .looseObject({
        transactionId: z.string(),
        freeSpins: z.string().describe('The grant’s id, which the order was made under'),
        state: z.string(),
        played: z.int(),
        won: z.int(),
        processedAt: Instant,
      })
      .describe('The same for every repetition. Shapes may add fields of their own'),
  },
  problems: [403, 404, 409],
});
