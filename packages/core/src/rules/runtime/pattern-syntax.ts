/**
 * Syntax of `matches` patterns: the part of RE2 that marketing rules need. Literals, `.`, `[…]`, `\d \w \s` and their
 * opposites, `^ $`, groups, `|`, `* + ? {m} {m,} {m,n}` (and their lazy forms, which match the same texts), and `(?i)`
 * at the start, which folds ASCII letters. No back-references or look-around: RE2 has none either.
 */
export type PatternNode =
  | { readonly kind: 'set'; readonly set: CharacterSet }
  | { readonly kind: 'start' | 'end' | 'empty' }
  | { readonly kind: 'sequence' | 'either'; readonly parts: readonly PatternNode[] }
  | { readonly kind: 'repeat'; readonly part: PatternNode; readonly min: number; readonly max: number };

/** Code point ranges, both ends included. */
export type CharacterSet = { readonly ranges: readonly Range[]; readonly negated: boolean };
type Range = readonly [number, number];

/** A pattern that can't be used; `offset` counts UTF-16 units in the pattern. */
export type PatternError = { readonly message: string; readonly offset: number };

const DIGIT: Range[] = [[48, 57]];
const WORD: Range[] = [
  [48, 57],
  [65, 90],
  [95, 95],
  [97, 122],
];
const SPACE: Range[] = [
  [9, 10],
  [12, 13],
  [32, 32],
];
const CLASSES: Readonly<Record<string, readonly Range[]>> = { d: DIGIT, w: WORD, s: SPACE };
const CONTROLS: Readonly<Record<string, number>> = { t: 9, n: 10, f: 12, r: 13, v: 11, a: 7 };
const MAX_REPEAT = 1_000;
const LAST_CODE_POINT = 0x10ffff;

class PatternFailure extends Error {
  readonly offset: number;
  constructor(message: string, offset: number) {
    super(message);
    this.offset = offset;
  }
}

export function parsePattern(
  text: string,
): { ok: true; node: PatternNode } | { ok: false; error: PatternError } {
  try {
    return { ok: true, node: parse(text) };
  } catch (failure) {
    if (!(failure instanceof PatternFailure)) throw failure;
    return { ok: false, error: { message: failure.message, offset: failure.offset } };
  }
}

function parse(text: string): PatternNode {
  const ignoreCase = text.startsWith('(?i)');
  let at = ignoreCase ? 4 : 0;
  const fail = (message: string, offset = at): never => {
    throw new PatternFailure(message, offset);
  };
  const takeIf = (token: string): boolean => {
    if (!text.startsWith(token, at)) return false;
    at += token.length;
    return true;
  };
  const takeCodePoint = (): number => {
    const code = text.codePointAt(at) ?? fail('the pattern ends too early');
    at += code > 0xffff ? 2 : 1;
    return code;
  };
  const setOf = (ranges: readonly Range[], negated = false): PatternNode => ({
    kind: 'set',
    set: { ranges: ignoreCase ? ranges.flatMap(bothCases) : ranges, negated },
  });

  function either(): PatternNode {
    const parts = [sequence()];
    while (takeIf('|')) parts.push(sequence());
    return parts.length === 1 && parts[0] ? parts[0] : { kind: 'either', parts };
  }

  function sequence(): PatternNode {
    const parts: PatternNode[] = [];
    while (at < text.length && text[at] !== '|' && text[at] !== ')') parts.push(repeated());
    return parts.length === 1 && parts[0] ? parts[0] : { kind: parts.length ? 'sequence' : 'empty', parts };
  }

  function repeated(): PatternNode {
    const part = atom();
    const from = at;
    const bounds = quantifier();
    if (!bounds) return part;
    takeIf('?');
    if (quantifier()) fail('a repetition can not be repeated; use a group', from);
    return { kind: 'repeat', part, ...bounds };
  }

  function quantifier(): { min: number; max: number } | undefined {
    if (takeIf('*')) return { min: 0, max: Number.POSITIVE_INFINITY };
    if (takeIf('+')) return { min: 1, max: Number.POSITIVE_INFINITY };
    if (takeIf('?')) return { min: 0, max: 1 };
    const counted = /^\{(\d{1,4})(,(\d{1,4})?)?\}/.exec(text.slice(at, at + 12));
    if (!counted) return undefined;
    const min = Number(counted[1]);
    const max =
      counted[2] === undefined
        ? min
        : counted[3] === undefined
          ? Number.POSITIVE_INFINITY
          : Number(counted[3]);
    if (min > MAX_REPEAT || (max !== Number.POSITIVE_INFINITY && max > MAX_REPEAT) || max < min) {
      fail(`bad repetition ${counted[0]}`);
    }
    at += counted[0].length;
    return { min, max };
  }

  function atom(): PatternNode {
    const from = at;
    if (takeIf('(')) {
      if (text[at] === '?' && !takeIf('?:')) fail('only (?:…) groups, and (?i) at the very start', from);
      const inner = either();
      if (!takeIf(')')) fail('this group is never closed', from);
      return inner;
    }
    if (takeIf('[')) return bracket(from);
    if (takeIf('.')) return setOf([[10, 10]], true);
    if (takeIf('^')) return { kind: 'start' };
    if (takeIf('$')) return { kind: 'end' };
    if (takeIf('\\')) {
      const named = classEscape();
      if (named) return setOf(named.ranges, named.negated);
      const code = escapedCodePoint();
      return setOf([[code, code]]);
    }
    if (quantifier()) fail('nothing to repeat here', from);
    const code = takeCodePoint();
    return setOf([[code, code]]);
  }

  function classEscape(): CharacterSet | undefined {
    const letter = text[at] ?? '';
    const ranges = CLASSES[letter.toLowerCase()];
    if (!ranges) return undefined;
    at += 1;
    return { ranges, negated: letter !== letter.toLowerCase() };
  }

  function escapedCodePoint(): number {
    const code = takeCodePoint();
    const letter = String.fromCodePoint(code);
    const control = CONTROLS[letter];
    if (control !== undefined) return control;
    if (/[A-Za-z0-9]/.test(letter) || code > 127)
      fail(`\\${letter} is not supported`, at - letter.length - 1);
    return code;
  }

  function bracket(from: number): PatternNode {
    const negated = takeIf('^');
    const ranges: Range[] = [];
    let first = true;
    while (first || text[at] !== ']') {
      if (at >= text.length) fail('this [ is never closed', from);
      if (text.startsWith('[:', at)) fail('named classes are not supported');
      first = false;
      const low = bracketItem();
      if (typeof low !== 'number') {
        ranges.push(...(low.negated ? complement(low.ranges) : low.ranges));
      } else if (text[at] === '-' && at + 1 < text.length && text[at + 1] !== ']') {
        at += 1;
        const high = bracketItem();
        if (typeof high !== 'number' || high < low) fail('bad range in [ ]', at - 1);
        else ranges.push([low, high]);
      } else {
        ranges.push([low, low]);
      }
    }
    at += 1;
    return setOf(ranges, negated);
  }

  function bracketItem(): number | CharacterSet {
    if (!takeIf('\\')) return takeCodePoint();
    return classEscape() ?? escapedCodePoint();
  }

  const node = either();
  if (at < text.length) fail('this ) closes nothing');
  return node;
}

/** A range and its ASCII letters in the other case. */
function bothCases(range: Range): Range[] {
  const shifted = (low: number, high: number, by: number): Range[] => {
    const from = Math.max(range[0], low);
    const to = Math.min(range[1], high);
    return from <= to ? [[from + by, to + by]] : [];
  };
  return [range, ...shifted(65, 90, 32), ...shifted(97, 122, -32)];
}

function complement(ranges: readonly Range[]): Range[] {
  const gaps: Range[] = [];
  let from = 0;
  for (const [low, high] of [...ranges].sort((a, b) => a[0] - b[0])) {
    if (from < low) gaps.push([from, low - 1]);
    from = Math.max(from, high + 1);
  }
  if (from <= LAST_CODE_POINT) gaps.push([from, LAST_CODE_POINT]);
  return gaps;
}
