import type { ASTNode } from '@marcbachmann/cel-js';
import { combine, type Expression } from '../expression.ts';
import type { Run } from '../runtime/frame.ts';
import { isList, listOf, type RuleType, type Scalar, type Span } from '../types.ts';
import { mismatchHint } from './mismatch.ts';
import { lowerAll, type Scope, sourceOf } from './scope.ts';

/** A value written out in the rule. */
export function constant(node: Span, type: RuleType, value: Scalar | readonly Scalar[]): Expression {
  return {
    ...combine([]),
    start: node.start,
    end: node.end,
    type,
    run: () => value,
    constant: value,
    shape: { kind: 'other' },
  };
}

export function lowerLiteral(node: Extract<ASTNode, { op: 'value' }>, scope: Scope): Expression | undefined {
  const value = node.args;
  switch (typeof value) {
    case 'string':
      return constant(node, 'string', value);
    case 'boolean':
      return constant(node, 'bool', value);
    case 'number':
      return constant(node, 'double', value);
    case 'bigint':
      if (Number.isSafeInteger(Number(value))) return constant(node, 'int', Number(value));
      scope.report(node, 'This number is too large: whole numbers go up to 9007199254740991.');
      return undefined;
    default:
      if (value === null) {
        scope.report(
          node,
          'null is not available in rules.',
          'Use has(fact) to ask whether a fact is known.',
        );
      } else {
        scope.report(node, `${sourceOf(scope, node)} is a kind of literal rules have no use for.`);
      }
      return undefined;
  }
}

export function lowerList(node: ASTNode, elements: readonly ASTNode[], scope: Scope): Expression | undefined {
  const items = lowerAll(elements, scope);
  const first = items?.[0];
  if (!items) return undefined;
  if (!first) {
    scope.report(node, 'This list is empty, so nothing can be in it.');
    return undefined;
  }
  if (isList(first.type)) {
    scope.report(first, 'Lists of lists are not available in rules.');
    return undefined;
  }
  const odd = items.find((item) => item.type !== first.type);
  if (odd) {
    scope.report(
      odd,
      `The list holds ${first.type} values, but this is ${odd.type}.`,
      mismatchHint([odd, first]),
    );
    return undefined;
  }
  const type = listOf(first.type);
  const constants = items.map((item) => item.constant).filter((value) => value !== undefined) as Scalar[];
  if (constants.length === items.length) return { ...constant(node, type, constants), weight: 1 };
  const runs = items.map((item) => item.run);
  const run: Run = (frame) => {
    const list: Scalar[] = [];
    for (const element of runs) {
      const value = element(frame);
      if (value === undefined) return undefined;
      list.push(value as Scalar);
    }
    return list;
  };
  return { ...combine(items), start: node.start, end: node.end, type, run, shape: { kind: 'other' } };
}
