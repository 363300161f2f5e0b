import type { Access, Permission } from '@promosmith/contract';
import { ok, type Result, refuse } from '@promosmith/core';
import type { FastifyRequest } from 'fastify';
import { type Caller, isAnonymous, isPlayer } from '../../platform/http/context.ts';
import type { Authenticate } from '../../platform/http/server.ts';
import type { KeyAuthenticator } from './keys/authenticator.ts';
import type { PlayerTokens } from './player-tokens.ts';

const BEARER = /^bearer +(\S+) *$/i;
const API_KEY_PREFIX = 'ps_';

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
export function createAuthenticate(keys: KeyAuthenticator, playerTokens: PlayerTokens): Authenticate {
  async function callerOf(request: FastifyRequest): Promise<Result<Caller>> {
    const { authorization } = request.headers;
    if (authorization === undefined)
      return unauthenticated('Send `Authorization: Bearer` with an API key or a player token.');
    const credential = BEARER.exec(authorization)?.[1];
    if (!credential) return unauthenticated('The Authorization header must read `Bearer <credential>`.');
    if (!credential.startsWith(API_KEY_PREFIX)) return playerTokens.callerOf(credential);
    const caller = await keys.callerOf(credential);
    return caller ? ok(caller) : unauthenticated('The API key is unknown, expired or revoked.');
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
