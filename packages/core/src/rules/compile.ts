import { type Budget, buildLogic, directions } from './compiler/logic.ts';
import { lower } from './compiler/lower.ts';
import { parseRule } from './compiler/syntax.ts';
import type { Expression } from './expression.ts';
import type { Catalogue } from './facts.ts';
import { RULE_LIMITS } from './limits.ts';
import type { Rule } from './rule.ts';
import type { Run } from './runtime/frame.ts';
import { position, type RuleError, ruleError, textOf, widen } from './source.ts';

export type CompileResult =
  | { readonly ok: true; readonly rule: Rule }
  | { readonly ok: false; readonly errors: readonly [RuleError, ...RuleError[]] };

/**
 * Compiles an audience rule: CEL (https://cel.dev) over the facts of a catalogue, with a yes-or-no result.
 *
 * Everything that can be wrong is found here: syntax, unknown facts, types, cost caps ({@link RULE_LIMITS}). A syntax
 * error stops at the first; otherwise all mistakes are listed, in source order.
 *
 * A rule is a subset of CEL, so that every rule keeps its meaning in any other CEL: no maps, indexing, `null`, `map`,
 * `filter` or conversions to text. `matches` takes a literal pattern and runs in time linear in the text.
 */
export function compileRule(source: string, catalogue: Catalogue): CompileResult {
  const parsed = parseRule(source);
  if (!parsed.ok) return { ok: false, errors: [parsed.error] };
  const errors: RuleError[] = [];
  const conditions: Expression[] = [];
  const readers = new Map<string, Run>();
  const budget: Budget = { perCondition: 0 };
  const built = buildLogic(
    parsed.tree,
    {
      source,
      catalogue,
      locals: [],
      readers,
      lower,
      report: (at, message, hint) => errors.push(ruleError(source, at, message, hint)),
    },
    conditions,
    budget,
  );
  const [first, ...others] = errors.sort((a, b) => a.offset - b.offset);
  if (first) return { ok: false, errors: [first, ...others] };
  if (!built) throw new Error('a rule that could not be built must have an error');
  budget.perCondition = RULE_LIMITS.steps / Math.max(1, conditions.filter(({ costly }) => costly).length);
  const { logic, run } = built;
  const wanted = directions(logic);
  const placed = conditions.map((expression, index) => ({
    expression,
    place: { source: textOf(source, expression), ...position(source, widen(source, expression)) },
    wanted: wanted.get(index) ?? true,
  }));
  return { ok: true, rule: { source, facts: [...readers.keys()], readers, conditions: placed, logic, run } };
}
