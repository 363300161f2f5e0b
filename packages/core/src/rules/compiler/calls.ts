import type { ASTNode } from '@marcbachmann/cel-js';
import { combine, type Expression } from '../expression.ts';
import { charge, presence, type Run, unknown } from '../runtime/frame.ts';
import { OVERLOADS, type Overload } from '../runtime/operators.ts';
import { compilePattern } from '../runtime/pattern.ts';
import { parseDuration, parseTimestamp } from '../runtime/time.ts';
import { applyOverload } from './apply.ts';
import { constant } from './literals.ts';
import { isLoop, LOOPS, lowerLoop } from './loops.ts';
import { factNamed, readFact } from './names.ts';
import { lowerAll, type Scope, sourceOf } from './scope.ts';
import { suggest } from './suggest.ts';

const namesOf = (style: Overload['style']) =>
  OVERLOADS.filter((overload) => overload.style === style).map(({ name }) => name);
const FUNCTIONS = new Set([...namesOf('function'), 'has', 'timestamp', 'duration']);
const METHODS = new Set([...namesOf('method'), 'matches', ...LOOPS]);

/** `size(…)`, `has(…)`, `timestamp("…")` and the like. */
export function lowerCall(
  node: ASTNode,
  name: string,
  args: readonly ASTNode[],
  scope: Scope,
): Expression | undefined {
  if (!FUNCTIONS.has(name)) return unknownName(node, 'function', name, FUNCTIONS, METHODS, scope);
  if (name === 'has') return lowerHas(node, args, scope);
  const parts = lowerAll(args, scope);
  if (!parts) return undefined;
  return name === 'timestamp' || name === 'duration'
    ? lowerTime(node, name, parts, scope)
    : applyOverload(node, 'function', name, parts, scope);
}

/** `text.startsWith(…)`, `list.exists(x, …)` and the like. */
export function lowerMethod(
  node: ASTNode,
  name: string,
  receiver: ASTNode,
  args: readonly ASTNode[],
  scope: Scope,
): Expression | undefined {
  if (!METHODS.has(name)) return unknownName(node, 'method', name, METHODS, FUNCTIONS, scope);
  if (isLoop(name)) return lowerLoop(node, name, receiver, args, scope);
  const parts = lowerAll([receiver, ...args], scope);
  if (!parts) return undefined;
  return name === 'matches'
    ? lowerMatches(node, parts, scope)
    : applyOverload(node, 'method', name, parts, scope);
}

function unknownName(
  node: ASTNode,
  style: string,
  name: string,
  known: ReadonlySet<string>,
  elsewhere: ReadonlySet<string>,
  scope: Scope,
): undefined {
  const close = suggest(name, known);
  const hint = elsewhere.has(name)
    ? `${name} is written ${style === 'function' ? `value.${name}(…)` : `${name}(value)`}.`
    : close && `Did you mean ${close}?`;
  scope.report(node, `Rules have no ${style} ${name}.`, hint);
}

function lowerHas(node: ASTNode, args: readonly ASTNode[], scope: Scope): Expression | undefined {
  const [argument, second] = args;
  const { start, end } = node;
  if (argument?.op !== '.' || second) {
    scope.report(node, 'has() takes one fact, as in has(player.age).');
    return undefined;
  }
  const fact = factNamed(argument, scope);
  if (!fact) return undefined;
  const run = presence(fact, readFact(fact, scope));
  return {
    start,
    end,
    type: 'bool',
    run,
    facts: [fact],
    weight: 1,
    costly: false,
    shape: { kind: 'has', fact },
  };
}

const TIME = {
  timestamp: { parse: parseTimestamp, example: '2026-01-31T18:00:00Z' },
  duration: { parse: parseDuration, example: '36h' },
} as const;

function lowerTime(
  node: ASTNode,
  name: 'timestamp' | 'duration',
  [text, second]: readonly Expression[],
  scope: Scope,
): Expression | undefined {
  const { parse, example } = TIME[name];
  const value = typeof text?.constant === 'string' && !second ? parse(text.constant) : undefined;
  if (value === undefined) {
    scope.report(node, `${name}() takes a text literal, as in ${name}("${example}").`);
    return undefined;
  }
  return constant(node, name, value);
}

function lowerMatches(node: ASTNode, parts: readonly Expression[], scope: Scope): Expression | undefined {
  const [subject, text, third] = parts;
  const { start, end } = node;
  if (subject?.type !== 'string' || typeof text?.constant !== 'string' || third) {
    scope.report(
      node,
      'matches() compares text with a pattern literal, as in traffic.utm_campaign.matches("^vip").',
    );
    return undefined;
  }
  const compiled = compilePattern(text.constant);
  if (!compiled.ok) {
    scope.report(
      text,
      `In this pattern at character ${compiled.error.offset + 1}: ${compiled.error.message}.`,
    );
    return undefined;
  }
  const { pattern } = compiled;
  const read = subject.run;
  const about = sourceOf(scope, node);
  const run: Run = (frame) => {
    const value = read(frame);
    if (typeof value !== 'string') return undefined;
    if (!charge(frame, value.length * pattern.size)) return unknown(frame, 'too_many_steps', about);
    return pattern.test(value);
  };
  return {
    ...combine(parts),
    start,
    end,
    type: 'bool',
    run,
    costly: true,
    shape: { kind: 'text', op: 'matches', subject, text },
  };
}
