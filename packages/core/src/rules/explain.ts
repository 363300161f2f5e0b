import type { Condition, Evaluation } from './evaluate.ts';
import type { Way } from './nearest.ts';
import type { Need, NeedOp, Shown } from './need.ts';
import type { ProblemKind } from './types.ts';

export type ExplainOptions = {
  /** Formats minor units for people (`2000` → `20.00 EUR`); without it amounts stay plain minor units. */
  readonly money?: (minorUnits: number) => string;
};

/** Longer lists are cut in texts; the evaluation keeps them whole. */
const SHOWN_ITEMS = 10;

const PHRASES: Readonly<Record<Exclude<NeedOp, 'known' | 'not known'>, string>> = {
  '==': 'must be',
  '!=': 'must not be',
  '<': 'must be below',
  '<=': 'must be at most',
  '>': 'must be above',
  '>=': 'must be at least',
  in: 'must be one of',
  'not in': 'must not be one of',
  includes: 'must include',
  excludes: 'must not include',
  startsWith: 'must start with',
  'not startsWith': 'must not start with',
  endsWith: 'must end with',
  'not endsWith': 'must not end with',
  contains: 'must contain',
  'not contains': 'must not contain',
  matches: 'must match',
  'not matches': 'must not match',
  is: 'must be',
};

const PROBLEMS: Readonly<Record<ProblemKind, string>> = {
  missing: 'is missing',
  wrong_type: 'is not of its type',
  fact_too_long: 'is too long',
  division_by_zero: 'divides by zero',
  overflow: 'is out of range',
  too_many_steps: 'takes too many steps',
};

/**
 * What would make the rule pass, in English, one line for each thing that must change; empty when it passed.
 * A rule no facts can satisfy gives one line that says so.
 */
export function explain(evaluation: Evaluation, options: ExplainOptions = {}): string[] {
  if (evaluation.outcome === true) return [];
  const way = evaluation.nearest;
  if (!way) return ['no facts can satisfy this rule'];
  const ways = way.kind === 'all' ? way.ways : [way];
  return ways.map((part) => explainWay(part, evaluation, options));
}

function explainWay(way: Way, evaluation: Evaluation, options: ExplainOptions): string {
  if (way.kind === 'step') return explainNeed(way.need, evaluation.conditions[way.condition], options);
  const parts = way.ways.map((part) => {
    const text = explainWay(part, evaluation, options);
    return part.kind === 'step' ? text : `(${text})`;
  });
  return way.kind === 'all' ? parts.join(' and ') : `either ${parts.join(', or ')}`;
}

/** One condition as a line: what it asks for, and what it saw. */
export const explainCondition = (condition: Condition, options: ExplainOptions = {}): string =>
  explainNeed(condition.need, condition, options);

function explainNeed(need: Need, condition: Condition | undefined, options: ExplainOptions): string {
  const amount = (value: Shown) => showAmount(value, need, options);
  const known = need.op === 'known' || need.op === 'not known';
  const phrase = known
    ? `must ${need.op === 'known' ? '' : 'not '}be known`
    : PHRASES[need.op as keyof typeof PHRASES];
  const value = known ? '' : ` ${need.against ?? amount(need.value)}`;
  const details = [
    ...(need.op === 'known' || failedOtherwise(need, condition) ? [] : [`was ${amount(need.saw)}`]),
    ...(need.against && need.value !== null ? [`${need.against} was ${amount(need.value)}`] : []),
    ...(need.gap !== undefined && need.gap > 0 ? [`${amount(need.gap)} more`] : []),
    ...(condition?.problems ?? [])
      .filter(({ kind, about }) => kind !== 'missing' || about !== need.fact)
      .map(({ kind, about }) => `${about} ${PROBLEMS[kind]}`),
  ];
  return `${need.fact} ${phrase}${value}${details.length > 0 ? ` (${details.join('; ')})` : ''}`;
}

/** Whether something else than the fact's absence kept the value from being known. */
const failedOtherwise = (need: Need, condition: Condition | undefined): boolean =>
  need.saw === null &&
  (condition?.problems ?? []).some(({ kind, about }) => kind !== 'missing' || about !== need.fact);

function showAmount(value: Shown, need: Need, options: ExplainOptions): string {
  if (typeof value === 'number' && need.unit === 'minor' && options.money) return options.money(value);
  if (value === null) return 'missing';
  if (!Array.isArray(value)) return value === '' ? '""' : String(value);
  const shown = value.slice(0, SHOWN_ITEMS).join(', ');
  const more = value.length - SHOWN_ITEMS;
  return value.length === 0 ? 'empty' : more > 0 ? `${shown} and ${more} more` : shown;
}
