/** Audience rules: CEL over a brand's facts, compiled once, three-valued, and able to say why not. */

export { type CompileResult, compileRule } from './compile.ts';
export { type Condition, type Evaluation, evaluateRule, outcomeOfRule, passes } from './evaluate.ts';
export { type ExplainOptions, explain, explainCondition } from './explain.ts';
export {
  buildCatalogue,
  type Catalogue,
  EXAMPLES,
  type Fact,
  type FactType,
  isFieldPath,
  type Property,
  type PropertyError,
} from './facts.ts';
export { RULE_LIMITS } from './limits.ts';
export type { Step, Way } from './nearest.ts';
export type { Need, NeedOp, Saw, Shown } from './need.ts';
export type { Rule } from './rule.ts';
export type { Facts } from './runtime/frame.ts';
export type { RuleError } from './source.ts';
export type { Outcome, Problem, ProblemKind } from './types.ts';
