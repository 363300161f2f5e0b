import { type FieldError, ok, type Result, refuse } from '../result.ts';
import { type Alphabet, CROCKFORD } from './alphabet.ts';
import { type CheckScheme, createCheckScheme } from './check-symbol.ts';
import { isLiteralCharacter, MAX_CODE_LENGTH } from './code-text.ts';
import { foldLookalikes, foldText, mixesDirections } from './fold-text.ts';

/** One place of a code: a random symbol, the check symbol, or text that is always the same. */
export type PatternPart =
  | { readonly kind: 'symbol' }
  | { readonly kind: 'check' }
  | {
      readonly kind: 'literal';
      /** As shown; a separator is a space or a dash. */
      readonly text: string;
      /** As looked up; empty for a separator. */
      readonly key: string;
    };

/** A pattern read and checked: how codes of a batch look, and what their symbols are drawn from. */
export interface CodePattern {
  readonly source: string;
  readonly alphabet: Alphabet;
  readonly parts: readonly PatternPart[];
  /** How many random symbols there are. */
  readonly symbolCount: number;
  /** Present when the pattern has a check symbol. */
  readonly check: CheckScheme | undefined;
}

/** 14 random symbols (70 bits over Crockford's base32) and a check symbol, in three groups of five. */
export const DEFAULT_PATTERN = '#####-#####-####@';

/** A pattern is written with separators and escapes, so it may be longer than the codes it makes. */
const MAX_SOURCE = 4 * MAX_CODE_LENGTH;

/**
 * Reads a pattern: `#` is a random symbol, `@` the check symbol (at most one, after every `#`), `\` takes the
 * next character literally, space and dash separate without counting, all else stands for itself in upper
 * case. The check symbol covers the random symbols; a mistyped literal no longer fits the pattern anyway.
 * Refused as `pattern_invalid`, with one error per fault: `pattern.<position>` (UTF-16 units from 0) where it
 * has a place, else `pattern`.
 */
export function createPattern(source: string, alphabet: Alphabet = CROCKFORD): Result<CodePattern> {
  if (source.length > MAX_SOURCE)
    return invalid([{ field: 'pattern', reason: `longer than ${MAX_SOURCE} characters` }]);
  const { parts, errors } = readParts(source, alphabet);
  errors.push(...faultsOfWhole(parts, alphabet));
  if (errors.length > 0) return invalid(errors);
  return ok({
    source,
    alphabet,
    parts,
    symbolCount: parts.filter((part) => part.kind === 'symbol').length,
    check: parts.some((part) => part.kind === 'check')
      ? createCheckScheme(alphabet.symbols.length)
      : undefined,
  });
}

function invalid(errors: readonly FieldError[]) {
  return refuse('pattern_invalid', 'The pattern cannot be used.', errors);
}

function readParts(source: string, alphabet: Alphabet): { parts: PatternPart[]; errors: FieldError[] } {
  const parts: PatternPart[] = [];
  const errors: FieldError[] = [];
  const seen = { check: false };
  let position = 0;
  for (const [token] of source.matchAll(/\\?./gsu)) {
    const reason = faultOf(token, seen.check);
    if (reason) errors.push({ field: `pattern.${position}`, reason });
    else parts.push(partOf(token, alphabet));
    seen.check ||= token === '@';
    position += token.length;
  }
  return { parts, errors };
}

function faultOf(token: string, afterCheck: boolean): string | undefined {
  if (token === '#') return afterCheck ? 'a random symbol cannot follow the check symbol' : undefined;
  if (token === '@') return afterCheck ? 'there can be only one check symbol' : undefined;
  if (token === '\\') return 'a backslash takes the next character literally, and none follows';
  const character = unescaped(token);
  if (isSeparator(character) || isLiteralCharacter(foldText(character))) return undefined;
  return 'not a letter, a digit, a space, a dash or one of _ . + & % ! $ # @ *';
}

function partOf(token: string, { forgivesLookalikes }: Alphabet): PatternPart {
  if (token === '#') return { kind: 'symbol' };
  if (token === '@') return { kind: 'check' };
  const character = unescaped(token);
  if (isSeparator(character)) return { kind: 'literal', text: character, key: '' };
  const text = foldText(character);
  return { kind: 'literal', text, key: forgivesLookalikes ? foldLookalikes(text) : text };
}

function unescaped(token: string): string {
  return token.length > 1 && token.startsWith('\\') ? token.slice(1) : token;
}

function isSeparator(character: string): boolean {
  return character === '-' || character === ' ';
}

function faultsOfWhole(parts: readonly PatternPart[], alphabet: Alphabet): FieldError[] {
  const counted = parts.filter((part) => part.kind !== 'literal' || part.key !== '');
  const literals = parts.map((part) => (part.kind === 'literal' ? part.text : '')).join('');
  const faults: FieldError[] = [];
  if (!parts.some((part) => part.kind === 'symbol'))
    faults.push({ field: 'pattern', reason: 'has no random symbol', fix: 'write # for each random symbol' });
  if (counted.length > MAX_CODE_LENGTH)
    faults.push({ field: 'pattern', reason: `makes codes longer than ${MAX_CODE_LENGTH} characters` });
  if (mixesDirections(literals + alphabet.symbols))
    faults.push({ field: 'pattern', reason: 'mixes letters of both directions with those of its alphabet' });
  return faults;
}
