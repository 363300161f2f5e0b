import type { CodeStrength } from '@promosmith/contract';
import { type FieldError, ok, type Result, refuse } from '@promosmith/core';
import {
  type CodePattern,
  CROCKFORD,
  createAlphabet,
  createPattern,
  DEFAULT_PATTERN,
  guessesPerHit,
  patternStrength,
} from '@promosmith/core/codes';

/** What the codes of a batch look like, as it is asked for and stored. */
export interface PatternChoice {
  pattern: string;
  /** Null for Crockford's base32. */
  alphabet: string | null;
}

/** A batch is refused when a blind guess would hit one of its codes more often than once in this many. */
export const LEAST_GUESSES_PER_HIT = 1_000;

export const chosenPattern = (choice: {
  pattern?: string | undefined;
  alphabet?: string | undefined;
}): PatternChoice => ({
  pattern: choice.pattern ?? DEFAULT_PATTERN,
  alphabet: choice.alphabet ?? null,
});

/** Reads a pattern that was checked before, or refuses one with its faults. */
export function readPattern({ pattern, alphabet }: PatternChoice): Result<CodePattern> {
  const symbols = alphabet === null ? ok(CROCKFORD) : createAlphabet(alphabet);
  return symbols.ok ? createPattern(pattern, symbols.value) : symbols;
}

/** @param count codes that will work at the same time. */
export function strengthOf(pattern: CodePattern, count: number): CodeStrength {
  const strength = patternStrength(pattern);
  return {
    bits: Math.round(strength.bits * 100) / 100,
    possibleCodes: strength.possibleCodes.toString(),
    guessesPerHit: Math.floor(guessesPerHit(strength, Math.max(1, count))),
  };
}

/** Whether a pattern has room for so many codes: enough of the possible ones must stay wrong. */
export function checkRoom(pattern: CodePattern, count: number): Result<CodeStrength> {
  const strength = strengthOf(pattern, count);
  if (strength.guessesPerHit >= LEAST_GUESSES_PER_HIT) return ok(strength);
  const error: FieldError = {
    field: 'pattern',
    reason: `with ${count} codes among ${strength.possibleCodes} possible ones, one guess in ${strength.guessesPerHit} hits a code`,
    fix: `use ${symbolsNeeded(pattern, count)} random symbols (#) or more`,
  };
  return refuse('pattern_too_weak', 'The pattern has too few different codes for so many.', [error]);
}

function symbolsNeeded({ alphabet }: CodePattern, count: number): number {
  return Math.ceil(Math.log(count * LEAST_GUESSES_PER_HIT) / Math.log(alphabet.symbols.length));
}
