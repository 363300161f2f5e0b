import { createHash } from 'node:crypto';
import type { ActivationRequest } from '@promosmith/contract';
import { ok, type Result, refuse } from '@promosmith/core';
import type { Entry } from '@promosmith/core/activation';
import { lookUpForms, maskCode, normaliseCode } from '@promosmith/core/codes';
import { isPlayer, type RequestContext } from '../../platform/http/context.ts';
import { newId, playerId } from '../../platform/ids.ts';
import type { Secrets } from '../../platform/secrets.ts';
import type { Brands } from '../brands/index.ts';
import { codeKey } from '../codes/index.ts';
import { guessersOf } from './guessing.ts';
import type { Pending } from './kernel/pending.ts';

/** A validation of an anonymous visitor is decided for a player nobody knows. */
const VISITOR = 'anonymous visitor';

export interface Intake {
  /** Turns a request into an attempt for the kernel: who, which code, from where. */
  admit(
    request: ActivationRequest,
    idempotencyKey: string | undefined,
    context: RequestContext,
  ): Promise<Result<Pending>>;
}

export function createIntake(brands: Brands, secrets: Secrets): Intake {
  return {
    async admit(request, idempotencyKey, context) {
      const who = playerOf(request, context);
      if (!who.ok) return who;
      const { externalId, details } = who.value;
      const { brandId, actor } = context.caller;
      const { timeZone } = await brands.get(brandId);
      const activationId = newId();
      const id = playerId(brandId, externalId);
      const entry = entryOf(request, context);
      return ok({
        brandId,
        timeZone,
        attempt: {
          activationId,
          playerId: id,
          codeKeys: codeKeys(secrets, brandId, request.code),
          entry,
          guessers: guessersOf(brandId, actor.kind === 'anonymous' ? null : id, entry.ip),
        },
        playerExternalId: externalId,
        playerDetails: details,
        idempotencyKey: idempotencyKey ?? activationId,
        requestDigest: idempotencyKey === undefined ? '' : digest(request),
        codeMasked: maskCode(request.code.slice(0, MAX_SHOWN)),
        actor,
        correlationId: context.requestId,
      });
    },
  };
}

const MAX_SHOWN = 128;

const digest = (request: ActivationRequest): string =>
  createHash('sha256').update(JSON.stringify(request)).digest('base64url');

/** Keys of what the typed text may mean; none when it can't be a code at all. */
function codeKeys(secrets: Secrets, brandId: string, typed: string): string[] {
  const normalised = normaliseCode(typed);
  if (!normalised.ok) return [];
  return lookUpForms(normalised.value).map((form) => codeKey(secrets, brandId, form));
}

interface Who {
  externalId: string;
  details: Pending['playerDetails'];
}

function playerOf({ player, ip }: ActivationRequest, { caller }: RequestContext): Result<Who> {
  const { playerExternalId } = caller;
  if (playerExternalId !== undefined) {
    const forbidden = player ? 'player' : ip ? 'ip' : undefined;
    if (!forbidden) return ok({ externalId: playerExternalId, details: undefined });
    return invalid(forbidden, 'A player token names the player and its address by itself', 'Leave it out.');
  }
  if (player) {
    const { id, ...details } = player;
    return ok({ externalId: id, details: Object.keys(details).length > 0 ? details : undefined });
  }
  if (caller.actor.kind === 'anonymous') return ok({ externalId: VISITOR, details: undefined });
  return invalid('player', 'Required', 'Give the platform’s id of the player, e.g. {"id": "player-1"}.');
}

const invalid = (field: string, reason: string, fix: string) =>
  refuse('invalid_request', `${field}: ${reason}. ${fix}`, [{ field, reason, fix }]);

function entryOf(request: ActivationRequest, context: RequestContext): Entry {
  const fromBrowser = isPlayer(context.caller) || context.caller.actor.kind === 'anonymous';
  const ip = fromBrowser ? context.ip : request.ip;
  return {
    channel: request.channel,
    ...(request.device?.id && { deviceId: request.device.id }),
    ...(request.device?.type && { deviceType: request.device.type }),
    ...(ip && { ip }),
    ...(request.ipCountry && { ipCountry: request.ipCountry }),
    ...(request.traffic && { traffic: definedOnly(request.traffic) }),
  };
}

const definedOnly = (traffic: NonNullable<ActivationRequest['traffic']>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(traffic).filter((part): part is [string, string] => part[1] !== undefined),
  );
