import type { NormalisedCode } from './normalise.ts';
import type { CodePattern } from './pattern.ts';

/**
 * What a typed code is to a pattern: of another shape, of its shape with a wrong check symbol (a typing error,
 * refused without asking the database), or one of its codes.
 */
export type CodeReading =
  | { readonly kind: 'other' }
  | { readonly kind: 'mistyped' }
  | {
      readonly kind: 'fits';
      readonly key: string;
      /** Values of the random symbols, without the check symbol. */
      readonly values: readonly number[];
    };

/** The form under which codes of this pattern are stored and found. */
export function keyOf({ alphabet }: CodePattern, code: NormalisedCode): string {
  return alphabet.forgivesLookalikes ? code.generatedForm : code.literal;
}

/** Holds a typed code against a pattern. */
export function readCode(pattern: CodePattern, code: NormalisedCode): CodeReading {
  const key = keyOf(pattern, code);
  const values: number[] = [];
  let at = 0;
  for (const part of pattern.parts) {
    if (part.kind === 'literal') {
      if (!key.startsWith(part.key, at)) return { kind: 'other' };
      at += part.key.length;
    } else {
      const value = pattern.alphabet.values.get(key.charAt(at));
      if (value === undefined) return { kind: 'other' };
      values.push(value);
      at += 1;
    }
  }
  if (at !== key.length) return { kind: 'other' };
  if (!pattern.check) return { kind: 'fits', key, values };
  if (!pattern.check.isValid(values)) return { kind: 'mistyped' };
  return { kind: 'fits', key, values: values.slice(0, -1) };
}
