import { hash } from 'node:crypto';
import type { ActivationRequest } from '@promosmith/contract';
import { type FieldError, ok, type Result, refuse } from '@promosmith/core';
import type { Entry } from '@promosmith/core/activation';
import { currencyErrors } from '@promosmith/core/money';
import { type Caller, isPlayer, type RequestContext } from '../../platform/http/context.ts';
import { newId, playerId } from '../../platform/ids.ts';
import type { Secrets } from '../../platform/secrets.ts';
import type { Keeper } from '../bonuses/index.ts';
import type { Brands } from '../brands/index.ts';
import type { Risk } from '../risk/index.ts';
import { guessersOf } from './guesses/guessers.ts';
import type { GuessDefence } from './guesses/index.ts';
import type { Pending } from './kernel/pending.ts';
import { createCodeReader } from './typed-code.ts';

/** A validation of an anonymous visitor is decided for a player nobody knows. */
const VISITOR = 'anonymous visitor';

/** Who asks, as far as an attempt goes. */
export interface AttemptContext extends Pick<RequestContext, 'requestId' | 'ip'> {
  readonly caller: Pick<Caller, 'brandId' | 'actor' | 'playerExternalId'>;
}

/** What a request says besides its body. */
export interface AttemptHeaders {
  readonly 'idempotency-key'?: string | undefined;
  readonly 'promosmith-proof'?: string | undefined;
}

export interface Intake {
  /** Turns a request into an attempt for the kernel: who, which code, from where. */
  admit(
    request: ActivationRequest,
    headers: AttemptHeaders,
    context: AttemptContext,
  ): Promise<Result<Pending>>;
}

export function createIntake(
  { brands, keeper, risk }: { brands: Brands; keeper: Keeper; risk: Risk },
  secrets: Secrets,
  guesses: Pick<GuessDefence, 'meet'>,
): Intake {
  const readCode = createCodeReader(secrets);
  return {
    async admit(request, { 'idempotency-key': idempotencyKey, 'promosmith-proof': proof }, context) {
      const who = playerOf(request, context);
      if (!who.ok) return who;
      const { externalId, details } = who.value;
      const { brandId, actor } = context.caller;
      const { timeZone, currencies, settings } = await brands.get(brandId);
      const [unknown] = currencyErrors(currencies, 'player.currency', details?.currency);
      if (unknown) return invalid(unknown);
      const { codeKeys, masked, typed } = readCode(brandId, request.code);
      const { limits, refusal } = guesses.meet({
        ...{ brandId, typed, code: request.code, proof },
        challenge: settings.challenge,
        isTrusted: !fromBrowser(context),
      });
      if (refusal) return { ok: false, refusal };
      const activationId = newId();
      const id = playerId(brandId, externalId);
      const entry = entryOf(request, context);
      return ok({
        brandId,
        timeZone,
        jurisdiction: settings.jurisdiction,
        riskPolicy: await risk.policyOf(brandId),
        keptOutside: await keeper.isOutside(brandId),
        attempt: {
          activationId,
          playerId: id,
          codeKeys,
          entry,
          guessers: guessersOf(brandId, actor.kind === 'anonymous' ? null : id, entry, limits),
        },
        playerExternalId: externalId,
        playerDetails: details,
        idempotencyKey: idempotencyKey ?? activationId,
        requestDigest: idempotencyKey === undefined ? '' : digest(request),
        typed,
        codeMasked: masked,
        actor,
        correlationId: context.requestId,
      });
    },
  };
}

const digest = (request: ActivationRequest): string => hash('sha256', JSON.stringify(request), 'base64url');

interface Who {
  externalId: string;
  details: Pending['playerDetails'];
}

function playerOf({ player, ip }: ActivationRequest, { caller }: AttemptContext): Result<Who> {
  const { playerExternalId } = caller;
  if (playerExternalId !== undefined) {
    const forbidden = player ? 'player' : ip ? 'ip' : undefined;
    if (!forbidden) return ok({ externalId: playerExternalId, details: undefined });
    return invalid({
      field: forbidden,
      reason: 'A player token names the player and its address by itself.',
      fix: 'Leave it out.',
    });
  }
  if (player) {
    const { id, ...details } = player;
    return ok({ externalId: id, details: Object.keys(details).length > 0 ? details : undefined });
  }
  if (caller.actor.kind === 'anonymous') return ok({ externalId: VISITOR, details: undefined });
  return invalid({
    field: 'player',
    reason: 'Required.',
    fix: 'Give the platform’s id of the player, e.g. {"id": "player-1"}.',
  });
}

const invalid = (error: FieldError) =>
  refuse('invalid_request', `${error.field}: ${error.reason} ${error.fix ?? ''}`.trimEnd(), [error]);

const fromBrowser = ({ caller }: AttemptContext): boolean =>
  isPlayer(caller) || caller.actor.kind === 'anonymous';

function entryOf(request: ActivationRequest, context: AttemptContext): Entry {
  const ip = fromBrowser(context) ? context.ip : request.ip;
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
