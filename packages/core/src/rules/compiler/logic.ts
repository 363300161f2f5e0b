import type { ASTNode } from '@marcbachmann/cel-js';
import type { Expression } from '../expression.ts';
import { RULE_LIMITS } from '../limits.ts';
import type { Logic, Wanted } from '../rule.ts';
import type { Run } from '../runtime/frame.ts';
import { and, choice, not, or } from '../runtime/kleene.ts';
import { requireBool } from './lower.ts';
import type { Scope } from './scope.ts';

type Built = { readonly logic: Logic; readonly run: Run };

/** Splits a rule into its logical structure and its conditions, which are appended to `conditions`. */
export function buildLogic(
  node: ASTNode,
  scope: Scope,
  conditions: Expression[],
  budget: Budget,
): Built | undefined {
  const build = (part: ASTNode, choices: number): Built | undefined => {
    switch (part.op) {
      case '&&':
      case '||': {
        const parts = chain(part, part.op).map((member) => build(member, choices));
        const built = parts.filter((member) => member !== undefined);
        if (built.length < parts.length) return undefined;
        const run = built.map((member) => member.run).reduce(part.op === '&&' ? and : or);
        return {
          logic: { kind: part.op === '&&' ? 'all' : 'any', parts: built.map(({ logic }) => logic) },
          run,
        };
      }
      case '!_': {
        const operand = build(part.args, choices);
        return operand && { logic: { kind: 'not', part: operand.logic }, run: not(operand.run) };
      }
      case '?:':
        return buildChoice(part, choices + 1);
      default:
        return buildCondition(part);
    }
  };

  const buildChoice = (part: Extract<ASTNode, { op: '?:' }>, depth: number): Built | undefined => {
    if (depth > RULE_LIMITS.choiceNesting) {
      scope.report(part, `?: may be nested at most ${RULE_LIMITS.choiceNesting} deep.`);
      return undefined;
    }
    const [test, yes, no] = part.args.map((member) => build(member, depth));
    if (!test || !yes || !no) return undefined;
    return {
      logic: { kind: 'choice', test: test.logic, yes: yes.logic, no: no.logic },
      run: choice(test.run, yes.run, no.run),
    };
  };

  const buildCondition = (part: ASTNode): Built | undefined => {
    const lowered = scope.lower(part, scope);
    if (!lowered || !requireBool(lowered, scope)) return undefined;
    const condition = lowered.costly ? { ...lowered, run: budgeted(lowered.run, budget) } : lowered;
    conditions.push(condition);
    return { logic: { kind: 'condition', index: conditions.length - 1 }, run: condition.run };
  };

  return build(node, 0);
}

/** Steps each costly condition may take; known once all conditions are. */
export type Budget = { perCondition: number };

function budgeted(run: Run, budget: Budget): Run {
  return (frame) => {
    frame.steps = budget.perCondition;
    return run(frame);
  };
}

/** The members of `a && b && c`, which the parser nests to the left. */
function chain(node: ASTNode, op: '&&' | '||'): ASTNode[] {
  const members: ASTNode[] = [];
  let rest = node;
  while (rest.op === op) {
    members.unshift(rest.args[1]);
    rest = rest.args[0];
  }
  members.unshift(rest);
  return members;
}

/** Which way a rule needs each of its conditions, by index. */
export function directions(logic: Logic): ReadonlyMap<number, Wanted> {
  const wanted = new Map<number, Wanted>();
  const visit = (part: Logic, direction: Wanted): void => {
    switch (part.kind) {
      case 'condition':
        wanted.set(part.index, direction);
        break;
      case 'not':
        visit(part.part, direction === 'either' ? direction : !direction);
        break;
      case 'choice':
        visit(part.test, 'either');
        visit(part.yes, direction);
        visit(part.no, direction);
        break;
      default:
        for (const member of part.parts) visit(member, direction);
    }
  };
  visit(logic, true);
  return wanted;
}
