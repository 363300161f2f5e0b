import type { ASTNode } from '@marcbachmann/cel-js';
import { combine, type Expression } from '../expression.ts';
import type { Run } from '../runtime/frame.ts';
import { and, choice, not, or } from '../runtime/kleene.ts';
import { isList, type Span } from '../types.ts';
import { applyIn, applyOverload } from './apply.ts';
import { lowerCall, lowerMethod } from './calls.ts';
import { lowerList, lowerLiteral } from './literals.ts';
import { lowerName } from './names.ts';
import { lowerAll, type Scope, sourceOf } from './scope.ts';

/**
 * Turns a syntax tree into closures, checking types on the way: each part becomes an {@link Expression} of a known type.
 * Both sides of an operator are always checked, so that one save shows all mistakes.
 */
export function lower(node: ASTNode, scope: Scope): Expression | undefined {
  switch (node.op) {
    case 'value':
      return lowerLiteral(node, scope);
    case 'id':
    case '.':
      return lowerName(node, scope);
    case 'list':
      return lowerList(node, node.args, scope);
    case '&&':
    case '||':
      return lowerLogical(node, node.op === '&&' ? and : or, node.args, scope);
    case '!_':
      return lowerNot(node, node.args, scope);
    case '?:':
      return lowerChoice(node, node.args, scope);
    case '-_':
      return lowerOperator(node, '-', [node.args], scope);
    case 'call':
      return lowerCall(node, node.args[0], node.args[1], scope);
    case 'rcall':
      return lowerMethod(node, node.args[0], node.args[1], node.args[2], scope);
    case '[]':
    case '[?]':
    case '.?':
    case 'map':
      scope.report(node, `${node.op === 'map' ? 'Maps are' : 'Indexing is'} not available in rules.`);
      return undefined;
    default:
      return lowerOperator(node, node.op, node.args, scope);
  }
}

function lowerLogical(
  node: ASTNode,
  connect: (left: Run, right: Run) => Run,
  operands: readonly ASTNode[],
  scope: Scope,
): Expression | undefined {
  const parts = lowerAll(operands, scope);
  const [left, right] = parts?.filter((part) => requireBool(part, scope)) ?? [];
  if (!parts || !left || !right) return undefined;
  return logical(node, parts, connect(left.run, right.run));
}

function lowerNot(node: ASTNode, operand: ASTNode, scope: Scope): Expression | undefined {
  const part = lower(operand, scope);
  return part && requireBool(part, scope) ? logical(node, [part], not(part.run)) : undefined;
}

const logical = ({ start, end }: Span, parts: readonly Expression[], run: Run): Expression => ({
  ...combine(parts),
  start,
  end,
  type: 'bool',
  run,
  shape: { kind: 'other' },
});

/** Reports an operand that isn't a yes-or-no. */
export function requireBool(expression: Expression, scope: Scope): boolean {
  if (expression.type === 'bool') return true;
  const text = sourceOf(scope, expression);
  const hint = isList(expression.type)
    ? `Use "…" in ${text}, or ${text}.size() > 0.`
    : 'Compare it with something.';
  scope.report(expression, `This has to be true or false, but ${text} is ${expression.type}.`, hint);
  return false;
}

function lowerChoice(node: ASTNode, operands: readonly ASTNode[], scope: Scope): Expression | undefined {
  const parts = lowerAll(operands, scope);
  const [test, yes, no] = parts ?? [];
  if (!parts || !test || !yes || !no || !requireBool(test, scope)) return undefined;
  if (yes.type !== no.type) {
    scope.report(no, `Both results of ?: must be of one type, but these are ${yes.type} and ${no.type}.`);
    return undefined;
  }
  const run = choice(test.run, yes.run, no.run);
  return {
    ...combine(parts),
    start: node.start,
    end: node.end,
    type: yes.type,
    run,
    shape: { kind: 'other' },
  };
}

function lowerOperator(
  node: ASTNode,
  name: string,
  operands: readonly ASTNode[],
  scope: Scope,
): Expression | undefined {
  const parts = lowerAll(operands, scope);
  if (!parts) return undefined;
  return name === 'in' ? applyIn(node, parts, scope) : applyOverload(node, 'operator', name, parts, scope);
}
