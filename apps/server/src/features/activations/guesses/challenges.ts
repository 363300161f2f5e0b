import { hash, timingSafeEqual } from 'node:crypto';
import { type Challenge, type ChallengeKind, IS_HUMAN } from '@promosmith/contract';
import type { Refusal } from '@promosmith/core';
import type { Secrets } from '../../../platform/secrets.ts';

/** Zero bits a digest begins with: some 65,000 tries, which take a browser about a second. */
const BITS = 16;
const GOOD_FOR_MS = 5 * 60_000;
const MAC_BYTES = 16;

/** What a proof is of, and who brings it. */
export interface Proving {
  readonly brandId: string;
  /** As it was typed. */
  readonly code: string;
  /** Of the header `promosmith-proof`. */
  readonly proof: string | undefined;
  /** Not a browser of just anybody: a platform that says so has made sure of a person. */
  readonly isTrusted: boolean;
  /** Milliseconds since 1970. */
  readonly now: number;
}

/** Sent again with what the challenge asks for, the same request is let in. */
export interface ChallengeRequired extends Refusal {
  readonly challenge: Challenge;
}

/** Makes guessing cost what it doesn't cost who has a code. */
export interface Challenges {
  /** @returns the refusal with the challenge, unless it was passed. */
  check(kind: Exclude<ChallengeKind, 'off'>, proving: Proving): ChallengeRequired | null;
}

/**
 * Nothing is kept of a challenge: its token says until when it is good, and of what code it is can be told by its signature. So
 * each guess costs work of its own; the same code again is no other guess.
 */
export function createChallenges(secrets: Secrets): Challenges {
  const signed = ({ brandId, code }: Proving, until: string): Buffer =>
    secrets.mac('challenge', `${brandId}\n${until}\n${code}`).subarray(0, MAC_BYTES);

  function isSolved(proving: Proving): boolean {
    const [until = '', mac = '', number] = proving.proof?.split('.') ?? [];
    if (number === undefined || !(Number.parseInt(until, 36) > proving.now)) return false;
    const given = Buffer.from(mac, 'base64url');
    return (
      given.length === MAC_BYTES &&
      timingSafeEqual(given, signed(proving, until)) &&
      hash('sha256', proving.proof ?? '', 'buffer').readUInt32BE() >>> (32 - BITS) === 0
    );
  }

  function ask(kind: Challenge['kind'], proving: Proving): Challenge {
    if (kind === 'platform') return { kind };
    const until = (proving.now + GOOD_FOR_MS).toString(36);
    return { kind, token: `${until}.${signed(proving, until).toString('base64url')}`, bits: BITS };
  }

  return {
    check(kind, proving) {
      if (proving.isTrusted && proving.proof === IS_HUMAN) return null;
      if (kind === 'proof_of_work' && isSolved(proving)) return null;
      return { ...REQUIRED, challenge: ask(kind, proving) };
    },
  };
}

const REQUIRED = {
  key: 'challenge_required',
  message:
    'Many codes are being tried at random. Send the request again with the header Promosmith-Proof, as `challenge` says.',
};
