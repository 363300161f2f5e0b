import type { Fact } from './facts.ts';
import type { Run } from './runtime/frame.ts';
import type { RuleType, Span, Value } from './types.ts';

/** A checked expression, ready to run. */
export type Expression = Span & {
  readonly type: RuleType;
  readonly run: Run;
  /** Facts it reads, in order of first use. */
  readonly facts: readonly Fact[];
  /** Nodes in it: what one evaluation costs, in steps. */
  readonly weight: number;
  /** Whether it holds a loop or a pattern, and so needs a budget of steps. */
  readonly costly: boolean;
  /** Its value, when it is written out as a literal. */
  readonly constant?: Value;
  readonly shape: Shape;
};

export type CompareOp = '==' | '!=' | '<' | '<=' | '>' | '>=';
export type TextOp = 'startsWith' | 'endsWith' | 'contains' | 'matches';

/** What an expression says, kept so that a failing condition can say what it needs. */
export type Shape =
  | { readonly kind: 'fact'; readonly fact: Fact }
  | { readonly kind: 'has'; readonly fact: Fact }
  | {
      readonly kind: 'compare';
      readonly op: CompareOp;
      readonly left: Expression;
      readonly right: Expression;
    }
  | { readonly kind: 'in'; readonly item: Expression; readonly list: Expression }
  | { readonly kind: 'text'; readonly op: TextOp; readonly subject: Expression; readonly text: Expression }
  | { readonly kind: 'other' };

const COMPARE: ReadonlySet<string> = new Set(['==', '!=', '<', '<=', '>', '>=']);
const TEXT: ReadonlySet<string> = new Set(['startsWith', 'endsWith', 'contains', 'matches']);

export const isCompareOp = (name: string): name is CompareOp => COMPARE.has(name);
export const isTextOp = (name: string): name is TextOp => TEXT.has(name);

/** The parts an expression inherits from what it is made of. */
export function combine(parts: readonly Expression[]): Pick<Expression, 'facts' | 'weight' | 'costly'> {
  return {
    facts: [...new Set(parts.flatMap((part) => part.facts))],
    weight: parts.reduce((sum, part) => sum + part.weight, 1),
    costly: parts.some((part) => part.costly),
  };
}
