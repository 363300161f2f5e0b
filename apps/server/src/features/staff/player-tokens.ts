import { BrandSlug, PlayerExternalId } from '@promosmith/contract';
import { ok, type Result, refuse } from '@promosmith/core';
import { decodeJwt, errors, type JWTPayload, type JWTVerifyOptions, jwtVerify } from 'jose';
import type { Logger } from 'pino';
import type { Caller } from '../../platform/http/context.ts';
import type { Brands, PlayerTokenKeys } from '../brands/index.ts';
import type { PublishedKeys } from './published-keys.ts';

const CLOCK_TOLERANCE_SECONDS = 30;
const LONGEST_LIFE_SECONDS = 86_400;

export interface PlayerTokens {
  /** Who the token names: a player of the brand in its `brand` claim, verified with that brand's keys. */
  callerOf(token: string): Promise<Result<Caller>>;
}

const invalid = (why: string) => refuse('unauthenticated', `The player token is not valid: ${why}.`);

/** @param publishedKeys resolves the keys of platforms that publish them. */
export function createPlayerTokens(brands: Brands, publishedKeys: PublishedKeys, log: Logger): PlayerTokens {
  /** @throws what jose throws for a token that does not verify, and what a fetch of published keys throws. */
  async function verify(token: string, keys: PlayerTokenKeys): Promise<JWTPayload> {
    const { playerTokens } = keys;
    const options: JWTVerifyOptions = {
      issuer: playerTokens.issuer,
      audience: playerTokens.audience,
      requiredClaims: ['exp', 'sub', 'brand'],
      clockTolerance: CLOCK_TOLERANCE_SECONDS,
    };
    if (playerTokens.kind === 'jwks') {
      const algorithms = [...playerTokens.algorithms];
      const verified = await jwtVerify(token, publishedKeys.of(keys.brandId, playerTokens.url), {
        ...options,
        algorithms,
      });
      return verified.payload;
    }
    return verifyWithSecrets(token, keys.secrets, { ...options, algorithms: ['HS256'] });
  }

  return {
    async callerOf(token) {
      const slug = claimedBrand(token);
      if (slug === undefined) return invalid("it is no JWT whose `brand` is a brand's slug");
      const keys = await brands.playerTokenKeys(slug);
      if (!keys) return invalid('its brand takes none');
      let payload: JWTPayload;
      try {
        payload = await verify(token, keys);
      } catch (error) {
        if (error instanceof errors.JWTExpired)
          return invalid('it has expired; ask the platform for a new one');
        if (isTokenAtFault(error)) return invalid(error.message);
        log.warn({ err: error, brand: slug }, 'player tokens cannot be verified');
        return {
          ok: false,
          refusal: {
            key: 'overloaded',
            message: "The platform's published keys cannot be fetched just now.",
            retryAfterSeconds: 5,
          },
        };
      }
      const lifeLeft = Number(payload.exp) - Date.now() / 1000;
      if (lifeLeft > LONGEST_LIFE_SECONDS + CLOCK_TOLERANCE_SECONDS)
        return invalid('`exp` is more than a day ahead');
      const player = PlayerExternalId.safeParse(payload.sub);
      if (!player.success) return invalid('`sub` is not the id of a player');
      return ok({
        brandId: keys.brandId,
        brandSlug: keys.slug,
        actor: { kind: 'player', id: player.data },
        permissions: NOTHING,
        playerExternalId: player.data,
      });
    },
  };
}

const NOTHING: Caller['permissions'] = new Set();

/** The brand a token claims to be of. Nothing is believed yet: it only says whose keys must verify the token. */
function claimedBrand(token: string): string | undefined {
  try {
    return BrandSlug.safeParse(decodeJwt(token).brand).data;
  } catch (error) {
    if (error instanceof errors.JWTInvalid) return undefined;
    throw error;
  }
}

/** While a secret is being replaced there are two: the token must verify with either. */
async function verifyWithSecrets(
  token: string,
  secrets: readonly string[],
  options: JWTVerifyOptions,
): Promise<JWTPayload> {
  let failure: unknown = new errors.JWSSignatureVerificationFailed();
  for (const secret of secrets) {
    try {
      return (await jwtVerify(token, new TextEncoder().encode(secret), options)).payload;
    } catch (error) {
      failure = error;
      if (!(error instanceof errors.JWSSignatureVerificationFailed)) break;
    }
  }
  throw failure;
}

/** The other errors of jose are about the keys: not fetched in time, or not a key set. */
const isTokenAtFault = (error: unknown): error is errors.JOSEError =>
  error instanceof errors.JOSEAlgNotAllowed ||
  error instanceof errors.JOSENotSupported ||
  error instanceof errors.JWKSNoMatchingKey ||
  error instanceof errors.JWKSMultipleMatchingKeys ||
  error instanceof errors.JWSInvalid ||
  error instanceof errors.JWSSignatureVerificationFailed ||
  error instanceof errors.JWTClaimValidationFailed ||
  error instanceof errors.JWTInvalid;
