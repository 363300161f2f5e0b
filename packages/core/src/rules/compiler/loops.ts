import type { ASTNode } from '@marcbachmann/cel-js';
import { combine, type Expression } from '../expression.ts';
import { RULE_LIMITS } from '../limits.ts';
import { charge, type Frame, type Run, unknown } from '../runtime/frame.ts';
import { elementType, isList, type Scalar } from '../types.ts';
import { type Scope, sourceOf } from './scope.ts';

export const LOOPS = ['exists', 'all', 'exists_one'] as const;
type Loop = (typeof LOOPS)[number];

export const isLoop = (name: string): name is Loop => LOOPS.some((loop) => loop === name);

/** `list.exists(x, condition on x)`, `all`, `exists_one`. */
export function lowerLoop(
  node: ASTNode,
  loop: Loop,
  receiver: ASTNode,
  args: readonly ASTNode[],
  scope: Scope,
): Expression | undefined {
  const list = scope.lower(receiver, scope);
  const [variable, condition, third] = args;
  if (variable?.op !== 'id' || !condition || third) {
    scope.report(node, `${loop} takes a name and a condition, as in player.segments.${loop}(s, s == "vip").`);
    return undefined;
  }
  if (scope.locals.length >= RULE_LIMITS.loopNesting) {
    scope.report(node, `exists, exists_one and all may be nested at most ${RULE_LIMITS.loopNesting} deep.`);
    return undefined;
  }
  if (taken(variable.args, scope)) {
    scope.report(variable, `${variable.args} already means something; name the loop variable differently.`);
    return undefined;
  }
  if (!list) return undefined;
  if (!isList(list.type)) {
    scope.report(list, `${loop} goes through a list, but ${sourceOf(scope, list)} is ${list.type}.`);
    return undefined;
  }
  const slot = scope.locals.length;
  const local = { name: variable.args, type: elementType(list.type), slot };
  const body = scope.lower(condition, { ...scope, locals: [...scope.locals, local] });
  if (!body) return undefined;
  if (body.type !== 'bool') {
    scope.report(body, `The condition of ${loop} has to be true or false, but this is ${body.type}.`);
    return undefined;
  }
  const { start, end } = node;
  const run = budgeted(list, body.weight, sourceOf(scope, node), RUNNERS[loop](body.run, slot));
  return { ...combine([list, body]), start, end, type: 'bool', run, costly: true, shape: { kind: 'other' } };
}

const taken = (name: string, scope: Scope): boolean =>
  scope.locals.some((local) => local.name === name) ||
  scope.catalogue.facts.some((fact) => fact.name === name || fact.name.startsWith(`${name}.`));

type Runner = (frame: Frame, list: readonly Scalar[]) => boolean | undefined;

/** Pays for the whole list at once, so that the cost doesn't depend on where the loop would stop. */
function budgeted(list: Expression, weight: number, about: string, runner: Runner): Run {
  const read = list.run;
  return (frame) => {
    const items = read(frame) as readonly Scalar[] | undefined;
    if (items === undefined) return undefined;
    if (!charge(frame, items.length * weight)) return unknown(frame, 'too_many_steps', about);
    return runner(frame, items);
  };
}

/** Stops at the first element with the deciding result; an unknown element leaves the opposite result unknown. */
const until =
  (deciding: boolean) =>
  (body: Run, slot: number): Runner =>
  (frame, list) => {
    let result: boolean | undefined = !deciding;
    for (const item of list) {
      frame.locals[slot] = item;
      const value = body(frame);
      if (value === deciding) return deciding;
      if (value === undefined) result = undefined;
    }
    return result;
  };

const RUNNERS: Readonly<Record<Loop, (body: Run, slot: number) => Runner>> = {
  exists: until(true),
  all: until(false),
  exists_one: (body, slot) => (frame, list) => {
    let count = 0;
    for (const item of list) {
      frame.locals[slot] = item;
      const value = body(frame);
      if (value === undefined) return undefined;
      if (value === true) count += 1;
    }
    return count === 1;
  },
};
