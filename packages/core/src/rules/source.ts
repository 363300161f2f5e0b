import type { Span } from './types.ts';

/** Why a rule can't be saved, and where. */
export type RuleError = {
  readonly message: string;
  /** What to write instead, when that can be told. */
  readonly hint?: string;
  /** 1-based. */
  readonly line: number;
  /** 1-based, in UTF-16 units. */
  readonly column: number;
  /** 0-based offset into the source, in UTF-16 units. */
  readonly offset: number;
  /** 0 at the end of the source. */
  readonly length: number;
};

export function position(source: string, at: Span): Pick<RuleError, 'line' | 'column' | 'offset' | 'length'> {
  const before = source.slice(0, at.start);
  const lineStart = before.lastIndexOf('\n') + 1;
  return {
    line: before.split('\n').length,
    column: at.start - lineStart + 1,
    offset: at.start,
    length: Math.max(0, at.end - at.start),
  };
}

export const ruleError = (source: string, at: Span, message: string, hint?: string): RuleError => ({
  message,
  ...(hint && { hint }),
  ...position(source, at),
});

/** Source text of an expression. */
export function textOf(source: string, at: Span): string {
  const { start, end } = widen(source, at);
  return source.slice(start, end);
}

/** The parser leaves out parentheses at either end of an expression; takes in those whose partner is inside. */
export function widen(source: string, at: Span): Span {
  let depth = 0;
  let lowest = 0;
  for (const token of source.slice(at.start, at.end).match(STRING_OR_PARENTHESIS) ?? []) {
    if (token === '(') depth += 1;
    if (token === ')') depth -= 1;
    lowest = Math.min(lowest, depth);
  }
  let { start, end } = at;
  for (let missing = lowest; missing < 0; missing++) start = Math.max(0, source.lastIndexOf('(', start - 1));
  for (let missing = depth - lowest; missing > 0; missing--) end = source.indexOf(')', end) + 1 || end;
  return { start, end };
}

const STRING_OR_PARENTHESIS = /"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|[()]/g;
