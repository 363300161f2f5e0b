import type { ASTNode } from '@marcbachmann/cel-js';
import { combine, type Expression, isCompareOp, isTextOp, type Shape } from '../expression.ts';
import { charge, type Run, unknown } from '../runtime/frame.ts';
import { findOverload, type Overload } from '../runtime/operators.ts';
import { isList, listOf, type RuleType, type Value } from '../types.ts';
import { mismatchHint } from './mismatch.ts';
import { type Scope, sourceOf } from './scope.ts';

/** Picks the signature for the operands' types; reports when there is none. */
export function applyOverload(
  node: ASTNode,
  style: Overload['style'],
  name: string,
  parts: readonly Expression[],
  scope: Scope,
): Expression | undefined {
  const types = parts.map((part) => part.type);
  const overload = findOverload(style, name, types);
  if (!overload) {
    scope.report(node, `There is no ${signature(style, name, types)}.`, mismatchHint(parts, name));
    return undefined;
  }
  return {
    ...combine(parts),
    start: node.start,
    end: node.end,
    type: overload.result,
    run: operation(overload, parts, sourceOf(scope, node)),
    ...negativeLiteral(name, parts),
    shape: shapeOf(name, parts),
  };
}

function signature(style: Overload['style'], name: string, types: readonly RuleType[]): string {
  if (style === 'operator') return types.length === 1 ? `${name}${types[0]}` : types.join(` ${name} `);
  return style === 'method'
    ? `${types[0]}.${name}(${types.slice(1).join(', ')})`
    : `${name}(${types.join(', ')})`;
}

/** `-5` is as much a literal as `5`. */
function negativeLiteral(name: string, parts: readonly Expression[]): Pick<Expression, 'constant'> {
  const [only, second] = parts;
  return name === '-' && !second && typeof only?.constant === 'number' ? { constant: -only.constant } : {};
}

function operation({ apply, check }: Overload, parts: readonly Expression[], text: string): Run {
  const [left, right] = parts.map((part) => part.run);
  if (!left) throw new Error('an operation needs an operand');
  if (!right) {
    return (frame) => {
      const value = left(frame);
      if (value === undefined) return undefined;
      const result = apply(value, value);
      const problem = check?.(result, value);
      return problem ? unknown(frame, problem, text) : result;
    };
  }
  if (!check) {
    return (frame) => {
      const a = left(frame);
      const b = right(frame);
      return a === undefined || b === undefined ? undefined : apply(a, b);
    };
  }
  return (frame) => {
    const a = left(frame);
    const b = right(frame);
    if (a === undefined || b === undefined) return undefined;
    const result = apply(a, b);
    const problem = check(result, b);
    return problem ? unknown(frame, problem, text) : result;
  };
}

/** `item in list`. Literals become a set made once; any other list is searched, and pays for its length. */
export function applyIn(node: ASTNode, parts: readonly Expression[], scope: Scope): Expression | undefined {
  const [item, list] = parts;
  if (!item || !list || isList(item.type) || list.type !== listOf(item.type)) {
    const types = parts.map((part) => part.type);
    scope.report(node, `There is no ${signature('operator', 'in', types)}.`, inHint(parts));
    return undefined;
  }
  const { start, end } = node;
  const { costly, ...inherited } = combine(parts);
  const shape = { kind: 'in', item, list } as const;
  if (Array.isArray(list.constant)) {
    const run = inLiterals(item.run, new Set(list.constant));
    return { ...inherited, start, end, type: 'bool', run, costly, shape };
  }
  const run = inList(item.run, list.run, sourceOf(scope, node));
  return { ...inherited, start, end, type: 'bool', run, costly: true, shape };
}

function inHint([item, list]: readonly Expression[]): string | undefined {
  if (item?.type === 'string' && list?.type === 'string')
    return 'To look inside a text, write text.contains("…").';
  if (list && !isList(list.type)) return 'Write the list in brackets: ["DE", "AT"].';
  return undefined;
}

const inLiterals =
  (read: Run, members: ReadonlySet<Value>): Run =>
  (frame) => {
    const value = read(frame);
    return value === undefined ? undefined : members.has(value);
  };

const inList =
  (read: Run, readList: Run, text: string): Run =>
  (frame) => {
    const value = read(frame);
    const items = readList(frame) as readonly Value[] | undefined;
    if (value === undefined || items === undefined) return undefined;
    return charge(frame, items.length) ? items.includes(value) : unknown(frame, 'too_many_steps', text);
  };

function shapeOf(name: string, [left, right]: readonly Expression[]): Shape {
  if (left && right) {
    if (isCompareOp(name)) return { kind: 'compare', op: name, left, right };
    if (isTextOp(name)) return { kind: 'text', op: name, subject: left, text: right };
  }
  return { kind: 'other' };
}
