import type { CodePattern, PatternPart } from './pattern.ts';

/** A code as it is handed out, and as it is stored and found: without separators, look-alikes folded. */
export interface GeneratedCode {
  readonly text: string;
  readonly key: string;
}

/** Writes the code with these values of its random symbols; adds the check symbol. */
export type CodeWriter = (values: ArrayLike<number>) => GeneratedCode;

/**
 * A writer for one pattern. It keeps one buffer per form with the literals already in place and only fills the
 * gaps, since a million codes are written in one go.
 */
export function createCodeWriter(pattern: CodePattern): CodeWriter {
  const { check } = pattern;
  const units = unitsOf(pattern.alphabet.symbols);
  const text = createForm(pattern.parts, 'text');
  const key = createForm(pattern.parts, 'key');
  const sameForms = read(text.buffer) === read(key.buffer);

  const fill = (form: Form, values: ArrayLike<number>, checkUnit: number | undefined): string => {
    for (let i = 0; i < values.length; i++) form.buffer[form.gaps[i]!] = units[values[i]!]!;
    if (checkUnit !== undefined) form.buffer[form.gaps[values.length]!] = checkUnit;
    return read(form.buffer);
  };
  return (values) => {
    const checkUnit = check && units[check.checkValue(values)];
    const written = fill(text, values, checkUnit);
    return { text: written, key: sameForms ? written : fill(key, values, checkUnit) };
  };
}

interface Form {
  /** UTF-16 units. A plain array, because `String.fromCharCode` spreads one twelve times faster than a typed one. */
  readonly buffer: number[];
  /** Where the random symbols go, in order, and last the check symbol. */
  readonly gaps: readonly number[];
}

function createForm(parts: readonly PatternPart[], form: 'text' | 'key'): Form {
  const gaps: number[] = [];
  let template = '';
  for (const part of parts) {
    if (part.kind !== 'literal') gaps.push(template.length);
    template += part.kind === 'literal' ? part[form] : '\0';
  }
  return { buffer: unitsOf(template), gaps };
}

function unitsOf(text: string): number[] {
  return text.split('').map((unit) => unit.charCodeAt(0));
}

function read(buffer: readonly number[]): string {
  return String.fromCharCode(...buffer);
}
