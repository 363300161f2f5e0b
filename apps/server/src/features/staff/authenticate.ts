import type { Access, Permission } from '@promosmith/contract';
import { ok, type Result, refuse } from '@promosmith/core';
import type { FastifyRequest } from 'fastify';
import { type Caller, isAnonymous, isPlayer } from '../../platform/http/context.ts';
import type { Authenticate } from '../../platform/http/server.ts';
import type { KeyAuthenticator } from './keys/authenticator.ts';
import type { PlayerTokens } from './player-tokens.ts';
import { hasSessionCookie } from './sign-in/client.ts';
import { checkOrigin } from './sign-in/origin-check.ts';
import type { Sessions } from './sign-in/sessions.ts';

const BEARER = /^bearer +(\S+) *$/i;
const API_KEY_PREFIX = 'ps_';
const BRAND_HEADER = 'promosmith-brand';
const SAFE_METHODS: ReadonlySet<string> = new Set(['GET', 'HEAD']);

/** Of an open route: nobody in particular, of no brand. */
const NOBODY: Caller = {
  brandId: '00000000-0000-0000-0000-000000000000',
  brandSlug: '',
  actor: { kind: 'anonymous', id: 'anonymous' },
  permissions: new Set(),
};

const unauthenticated = (message: string) => refuse('unauthenticated', message);
const forbidden = (message: string) => refuse('forbidden', message);

/** Finds out who calls, by the one credential the request carries, and whether the route admits them. */
export function createAuthenticate(credentials: {
  keys: KeyAuthenticator;
  playerTokens: PlayerTokens;
  sessions: Sessions;
  publicUrl: string;
}): Authenticate {
  const { keys, playerTokens, sessions, publicUrl } = credentials;

  async function callerOf(request: FastifyRequest): Promise<Result<Caller>> {
    const { authorization } = request.headers;
    if (authorization === undefined) return staffCallerOf(request);
    const credential = BEARER.exec(authorization)?.[1];
    if (!credential) return unauthenticated('The Authorization header must read `Bearer <credential>`.');
    if (!credential.startsWith(API_KEY_PREFIX)) return playerTokens.callerOf(credential);
    const caller = await keys.callerOf(credential);
    return caller ? ok(caller) : unauthenticated('The API key is unknown, expired or revoked.');
  }

  async function staffCallerOf(request: FastifyRequest): Promise<Result<Caller>> {
    const { headers, ip, method } = request;
    if (!hasSessionCookie(request))
      return unauthenticated('Send `Authorization: Bearer` with an API key or a player token, or sign in.');
    const origin = SAFE_METHODS.has(method) ? ok(undefined) : checkOrigin(headers, publicUrl);
    if (!origin.ok) return origin;
    const brand = headers[BRAND_HEADER];
    return sessions.callerOf({ headers, ip }, Array.isArray(brand) ? brand.join() : brand);
  }

  return async (request, access) => {
    if (access === 'open') return ok(NOBODY);
    const caller = await callerOf(request);
    return caller.ok ? admit(caller.value, access) : caller;
  };
}

/** Whether the route lets the caller in. The table of roles and scopes is the contract's. */
export function admit(caller: Caller, access: Exclude<Access, 'open'>): Result<Caller> {
  if (isPlayer(caller))
    return access.player ? ok(caller) : forbidden('Player tokens are not accepted here; use an API key.');
  if (isAnonymous(caller))
    return access.publishable
      ? ok(caller)
      : forbidden('Publishable keys are not accepted here; use a secret key, from a server.');
  return caller.permissions.has(access.permission) ? ok(caller) : lacks(caller, access.permission);
}

const lacks = ({ role }: Caller, permission: Permission) =>
  forbidden(
    role
      ? `Your role ${role} does not have the permission ${permission}.`
      : `The API key does not have the scope ${permission}.`,
  );
