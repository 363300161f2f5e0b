import { randomBytes } from 'node:crypto';
import type { CodeStrength } from '@promosmith/contract';
import { ok, type Result } from '@promosmith/core';
import { createCodeGenerator, createProfanityFilter } from '@promosmith/core/codes';
import { chosenPattern, LEAST_GUESSES_PER_HIT, readPattern, strengthOf } from './pattern.ts';

const EXAMPLES = 5;
const filter = createProfanityFilter();

/** How codes are to look, as it is asked for. */
export interface Choice {
  pattern?: string | undefined;
  alphabet?: string | undefined;
  allowOffensive: boolean;
}

/** A generator of single codes of a choice; refused when nothing fit to print can be made of it. */
export function readChoice(choice: Choice) {
  const pattern = readPattern(chosenPattern(choice));
  if (!pattern.ok) return pattern;
  const generator = createCodeGenerator(
    pattern.value,
    randomBytes,
    choice.allowOffensive ? undefined : filter,
  );
  return generator.ok ? ok({ pattern: pattern.value, generate: generator.value }) : generator;
}

export interface PatternCheck {
  strength: CodeStrength;
  /** Whether so many codes may be made of it. */
  fits: boolean;
  examples: string[];
}

/** How strong `count` codes of a choice would be. Refused when its pattern is none. */
export function checkChoice(choice: Choice & { count: number }): Result<PatternCheck> {
  const read = readChoice(choice);
  if (!read.ok) return read;
  const strength = strengthOf(read.value.pattern, choice.count);
  return ok({
    strength,
    fits: strength.guessesPerHit >= LEAST_GUESSES_PER_HIT,
    examples: read.value.generate(EXAMPLES).map(({ text }) => text),
  });
}
