import type { ASTNode } from '@marcbachmann/cel-js';
import type { Expression } from '../expression.ts';
import type { Fact } from '../facts.ts';
import { factReader, type Run } from '../runtime/frame.ts';
import type { Scope } from './scope.ts';
import { suggest } from './suggest.ts';

/** `a.b.c` as written, or undefined when the node is something else. */
function pathOf(node: ASTNode): string[] | undefined {
  if (node.op === 'id') return [node.args];
  if (node.op !== '.') return undefined;
  const base = pathOf(node.args[0]);
  return base && [...base, node.args[1]];
}

/** The fact a node names; reports names that are no fact. */
export function factNamed(node: ASTNode, scope: Scope): Fact | undefined {
  const path = pathOf(node);
  if (!path) {
    scope.report(node, 'Only facts have fields here.');
    return undefined;
  }
  const name = path.join('.');
  const fact = scope.catalogue.byName.get(name);
  if (fact) return fact;
  const names = [...scope.catalogue.byName.keys()];
  const local = scope.locals.find((candidate) => candidate.name === path[0]);
  if (local) {
    scope.report(node, `${local.name} is ${local.type} and has no fields.`);
  } else if (names.some((candidate) => candidate.startsWith(`${name}.`))) {
    scope.report(
      node,
      `${name} is a group of facts, not a value.`,
      `Name one of its facts, such as ${names.find((candidate) => candidate.startsWith(`${name}.`))}.`,
    );
  } else {
    const close = suggest(name, names);
    const hint = close ? `Did you mean ${close}?` : path.length === 1 && `Put text in quotes: "${name}".`;
    scope.report(node, `Unknown fact ${name}.`, hint || undefined);
  }
  return undefined;
}

/** The one reader of a fact in this rule. */
export function readFact(fact: Fact, scope: Scope): Run {
  const reader = scope.readers.get(fact.name) ?? factReader(fact, scope.readers.size);
  scope.readers.set(fact.name, reader);
  return reader;
}

/** A loop variable or a fact. */
export function lowerName(node: ASTNode, scope: Scope): Expression | undefined {
  const { start, end } = node;
  const local = node.op === 'id' ? scope.locals.find((candidate) => candidate.name === node.args) : undefined;
  if (local) {
    const { slot, type } = local;
    return {
      start,
      end,
      type,
      run: (frame) => frame.locals[slot],
      facts: [],
      weight: 1,
      costly: false,
      shape: { kind: 'other' },
    };
  }
  const fact = factNamed(node, scope);
  if (!fact) return undefined;
  return {
    start,
    end,
    type: fact.type,
    run: readFact(fact, scope),
    facts: [fact],
    weight: 1,
    costly: false,
    shape: { kind: 'fact', fact },
  };
}
