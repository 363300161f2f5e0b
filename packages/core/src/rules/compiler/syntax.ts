import { type ASTNode, Environment, ParseError } from '@marcbachmann/cel-js';
import { RULE_LIMITS } from '../limits.ts';
import { type RuleError, ruleError } from '../source.ts';

// Only its parser is used: types are checked here against the brand's facts, so it knows no variables.
const parser = new Environment({
  limits: {
    maxAstNodes: RULE_LIMITS.nodes,
    maxDepth: RULE_LIMITS.depth,
    maxListElements: RULE_LIMITS.listElements,
    maxMapEntries: RULE_LIMITS.listElements,
    maxCallArguments: 8,
  },
});

/** CEL text to its syntax tree, within the caps on length, size, depth and list literals. */
export function parseRule(source: string): { ok: true; tree: ASTNode } | { ok: false; error: RuleError } {
  if (source.length > RULE_LIMITS.sourceLength) {
    const at = { start: RULE_LIMITS.sourceLength, end: source.length };
    return {
      ok: false,
      error: ruleError(source, at, `A rule has at most ${RULE_LIMITS.sourceLength} characters.`),
    };
  }
  try {
    return { ok: true, tree: parser.parse(source).ast };
  } catch (error) {
    if (!(error instanceof ParseError)) throw error;
    return { ok: false, error: describe(source, error) };
  }
}

const LIMIT_MESSAGES: Readonly<Record<string, string>> = {
  maxAstNodes: `A rule has at most ${RULE_LIMITS.nodes} parts; use a segment or a list instead of long chains.`,
  maxDepth: `Parentheses, calls and brackets may be nested at most ${RULE_LIMITS.depth} deep.`,
  maxListElements: `A list has at most ${RULE_LIMITS.listElements} elements; use a segment for longer ones.`,
  maxMapEntries: 'Maps are not available in rules.',
  maxCallArguments: 'Too many arguments.',
};

const EXPECTED: Readonly<Record<string, string>> = {
  RPAREN: '")"',
  RBRACKET: '"]"',
  COLON: '":"',
  IDENTIFIER: 'a name',
};

function describe(source: string, error: ParseError): RuleError {
  const at = error.range ?? { start: source.length, end: source.length };
  if (error.code === 'limit_exceeded') {
    const limit = /max\w+/.exec(error.summary)?.[0] ?? '';
    return ruleError(source, at, LIMIT_MESSAGES[limit] ?? error.summary);
  }
  const hint = hintFor(source, at.start, at.end);
  const found = at.start >= source.length ? 'the end of the rule' : `"${source.slice(at.start, at.end)}"`;
  if (error.code === 'expected_token') {
    const expected = EXPECTED[/Expected (\w+)/.exec(error.summary)?.[1] ?? ''];
    if (expected) return ruleError(source, at, `Expected ${expected} but found ${found}.`, hint);
  }
  if (error.code === 'unexpected_token' || error.code === 'unexpected_character') {
    return ruleError(source, at, source.trim() === '' ? 'The rule is empty.' : `Unexpected ${found}.`, hint);
  }
  return ruleError(source, at, `${error.summary}.`, hint);
}

const HINTS: readonly (readonly [RegExp, string])[] = [
  [/^=/, 'Use == to compare.'],
  [/^(&|and\b)/i, 'Use && for "and".'],
  [/^(\||or\b)/i, 'Use || for "or".'],
  [/^[“”„‘’]/, 'Use plain quotes: "…" or \'…\'.'],
];

function hintFor(source: string, start: number, end: number): string | undefined {
  if (/\bnot\s+$/i.test(source.slice(Math.max(0, start - 20), start))) return 'Use ! for "not".';
  if (source[start] === '>' && source[start - 1] === '<') return 'Use != for "not equal".';
  const found = source.slice(start, Math.max(end, start + 4));
  return HINTS.find(([pattern]) => pattern.test(found))?.[1];
}
