import { ok, type Result, refuse } from '../result.ts';
import { MAX_CODE_LENGTH, unsupportedCharacter } from './code-text.ts';
import { foldLookalikes, foldText, mixesDirections } from './fold-text.ts';

/** Longer input is refused unread: 64 symbols, however separated, fit in far less. */
const MAX_TYPED_LENGTH = 512;

/** A code as a player may have meant it. */
export interface NormalisedCode {
  /** The code without case and separators. Shared and imported codes are found under this. */
  readonly literal: string;
  /** The same with O read as 0, and I and L as 1. Generated codes are found under this; see `keyOf`. */
  readonly generatedForm: string;
}

/**
 * Reads what a player typed. Case, spaces, dashes, full-width and other compatibility forms, zero-width
 * characters and direction marks are forgiven. Refusals: `code_empty`, `code_too_long` (over 64 characters
 * after folding), `code_unsupported_character`, `code_mixed_direction`. Takes any text and never throws.
 */
export function normaliseCode(typed: string): Result<NormalisedCode> {
  if (typed.length > MAX_TYPED_LENGTH) return tooLong();
  const literal = foldText(typed);
  if (literal === '') return refuse('code_empty', 'Enter a code.');
  if ([...literal].length > MAX_CODE_LENGTH) return tooLong();
  const unsupported = unsupportedCharacter(literal)?.codePointAt(0);
  if (unsupported !== undefined) {
    const name = unsupported.toString(16).toUpperCase().padStart(4, '0');
    return refuse('code_unsupported_character', `No code contains the character U+${name}.`);
  }
  if (mixesDirections(literal))
    return refuse(
      'code_mixed_direction',
      'A code is written in one direction, left to right or right to left.',
    );
  return ok({ literal, generatedForm: foldLookalikes(literal) });
}

function tooLong() {
  return refuse('code_too_long', `A code has at most ${MAX_CODE_LENGTH} characters.`);
}

/**
 * The keys a code may be stored under, the likeliest meaning first: an operator's `HELLO` is found as it is
 * written, before a generated `HE110`.
 */
export function lookUpForms({ literal, generatedForm }: NormalisedCode): readonly string[] {
  return literal === generatedForm ? [literal] : [literal, generatedForm];
}
