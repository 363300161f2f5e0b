import { z } from 'zod';
import { Id, Instant, pageOf, pageQuery } from './common.ts';
import { Actor } from './events.ts';
import { PERMISSIONS, type Permission } from './permissions.ts';
import { defineRoute } from './route.ts';

export const Scope = z.enum(Object.keys(PERMISSIONS) as [Permission, ...Permission[]]);

/** `secret` keys act with their scopes, from a server. `publishable` keys may be shown in a browser and act for nobody. */
export const ApiKeyKind = z.enum(['secret', 'publishable']);
export type ApiKeyKind = z.infer<typeof ApiKeyKind>;

export const ApiKey = z.object({
  keyId: Id,
  name: z.string(),
  kind: ApiKeyKind,
  scopes: z.array(Scope),
  hint: z.string().describe('The last four characters'),
  createdBy: Actor,
  createdAt: Instant,
  expiresAt: Instant.nullable(),
  revokedAt: Instant.nullable(),
  lastUsedAt: Instant.nullable().describe('To the minute'),
  replacedBy: Id.nullable().describe('The key it was rotated to'),
});
export type ApiKey = z.infer<typeof ApiKey>;

export const IssuedApiKey = ApiKey.extend({ secret: z.string().describe('Shown this once') });
export type IssuedApiKey = z.infer<typeof IssuedApiKey>;

const keyPath = { params: z.object({ keyId: Id }), tag: 'API keys', problems: [404] } as const;

export const listKeys = defineRoute({
  id: 'listKeys',
  method: 'GET',
  path: '/v1/keys',
  tag: 'API keys',
  summary: 'API keys, newest first',
  access: { permission: 'keys:read' },
  query: z.strictObject(pageQuery),
  success: { 200: pageOf(ApiKey) },
});

export const getKey = defineRoute({
  ...keyPath,
  id: 'getKey',
  method: 'GET',
  path: '/v1/keys/:keyId',
  summary: 'One API key',
  access: { permission: 'keys:read' },
  success: { 200: ApiKey },
});

export const ApiKeyInput = z.strictObject({
  name: z.string().trim().min(1).max(128),
  kind: ApiKeyKind.default('secret'),
  scopes: z
    .array(Scope)
    .max(100)
    .default([])
    .describe('None for a publishable key; at least one for a secret one'),
  expiresAt: Instant.nullable().default(null),
});
export type ApiKeyInput = z.infer<typeof ApiKeyInput>;

export const createKey = defineRoute({
  id: 'createKey',
  method: 'POST',
  path: '/v1/keys',
  tag: 'API keys',
  summary: 'Create an API key',
  description: 'A key cannot hold a scope that its creator lacks.',
  access: { permission: 'keys:write' },
  body: ApiKeyInput,
  success: { 201: IssuedApiKey },
});

export const updateKey = defineRoute({
  ...keyPath,
  id: 'updateKey',
  method: 'PATCH',
  path: '/v1/keys/:keyId',
  summary: 'Rename an API key',
  access: { permission: 'keys:write' },
  body: z.strictObject({ name: z.string().trim().min(1).max(128) }),
  success: { 200: ApiKey },
});

export const rotateKey = defineRoute({
  ...keyPath,
  id: 'rotateKey',
  method: 'POST',
  path: '/v1/keys/:keyId/rotate',
  summary: 'Replace an API key',
  description: 'Answers a new key with the same scopes. The old one works on for the overlap.',
  access: { permission: 'keys:write' },
  body: z.strictObject({
    overlapSeconds: z.int().min(0).max(2_592_000).default(86_400).describe('At most thirty days'),
  }),
  success: { 201: IssuedApiKey },
});

export const revokeKey = defineRoute({
  ...keyPath,
  id: 'revokeKey',
  method: 'POST',
  path: '/v1/keys/:keyId/revoke',
  summary: 'Revoke an API key',
  description: 'It is refused everywhere within a second.',
  access: { permission: 'keys:write' },
  body: z.strictObject({ reason: z.string().trim().min(1).max(500).optional() }),
  success: { 200: ApiKey },
});
