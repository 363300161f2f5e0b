import { RULE_LIMITS } from './limits.ts';
import { nearestWay, type Way } from './nearest.ts';
import { type Need, needOf, type Saw, type Shown, showValue } from './need.ts';
import type { Place, Rule, RuleCondition, Wanted } from './rule.ts';
import { type Facts, newFrame } from './runtime/frame.ts';
import type { Outcome, Problem } from './types.ts';

/** One condition of a rule and how it came out. JSON-safe. */
export type Condition = Place & {
  readonly outcome: Outcome;
  readonly wanted: Wanted;
  /** Every fact it reads with the value it had. */
  readonly saw: Saw;
  /** Why it is unknown; empty when it isn't. */
  readonly problems: readonly Problem[];
  /** What it asks for. */
  readonly need: Need;
};

/** A rule's result with its reasons. JSON-safe. */
export type Evaluation = {
  readonly outcome: Outcome;
  /** All conditions in source order, also those that could not change the outcome. */
  readonly conditions: readonly Condition[];
  /** The nearest way to pass; absent when the rule passed, or when no facts could make it pass. */
  readonly nearest?: Way;
};

/**
 * Whether the facts satisfy the rule. Unknown is no. The quick path: no trace, conditions that can't decide are skipped.
 * Agrees with `evaluateRule(rule, facts).outcome === true` for all facts. Never throws for plain data.
 */
export const passes = (rule: Rule, facts: Facts): boolean => rule.run(newFrame(facts)) === true;

/**
 * The outcome alone, as quickly as `passes`.
 * @param problems is added why conditions that were asked are unknown; they may not have decided.
 */
export const outcomeOfRule = (rule: Rule, facts: Facts, problems?: Problem[]): Outcome =>
  outcomeOf(rule.run(newFrame(facts, problems)));

/** Evaluates every condition of the rule and keeps the trace. Never throws for plain data. */
export function evaluateRule(rule: Rule, facts: Facts): Evaluation {
  const outcome = outcomeOf(rule.run(newFrame(facts)));
  const evaluated = rule.conditions.map((condition) => evaluateCondition(rule, condition, facts));
  const conditions = evaluated.map(({ condition }) => condition);
  const nearest =
    outcome === true
      ? undefined
      : nearestWay(
          rule.logic,
          evaluated.map(({ condition, expression, need }) => ({
            outcome: condition.outcome,
            facts: expression.facts,
            need,
          })),
        );
  return { outcome, conditions, ...(nearest && { nearest }) };
}

const outcomeOf = (value: unknown): Outcome => (typeof value === 'boolean' ? value : 'unknown');

function evaluateCondition(rule: Rule, { expression, place, wanted }: RuleCondition, facts: Facts) {
  const problems: Problem[] = [];
  const outcome = outcomeOf(expression.run(newFrame(facts, problems)));
  const frame = { ...newFrame(facts), steps: RULE_LIMITS.steps };
  const saw: Record<string, Shown> = {};
  for (const { name, type } of expression.facts) saw[name] = showValue(rule.readers.get(name)?.(frame), type);
  const need = (direction: boolean) => needOf(expression, direction, saw, rule.source, frame);
  const condition: Condition = {
    ...place,
    outcome,
    wanted,
    saw,
    problems: outcome === 'unknown' ? distinct(problems) : [],
    need: need(wanted !== false),
  };
  return { condition, expression, need };
}

function distinct(problems: readonly Problem[]): Problem[] {
  return [...new Map(problems.map((problem) => [`${problem.kind} ${problem.about}`, problem])).values()];
}
