import type { ASTNode } from '@marcbachmann/cel-js';
import type { Expression } from '../expression.ts';
import type { Catalogue } from '../facts.ts';
import type { Run } from '../runtime/frame.ts';
import { textOf } from '../source.ts';
import type { ScalarType, Span } from '../types.ts';

/** A loop variable: `s` in `player.segments.exists(s, …)`. */
export type Local = { readonly name: string; readonly type: ScalarType; readonly slot: number };

/** What the lowering of one rule shares. */
export type Scope = {
  readonly source: string;
  readonly catalogue: Catalogue;
  readonly locals: readonly Local[];
  /** How each fact met so far is read, by name. */
  readonly readers: Map<string, Run>;
  readonly lower: Lower;
  /** Reports an error at a stretch of the source. */
  readonly report: (at: Span, message: string, hint?: string) => void;
};

/** Lowers a node; undefined when it (or a part of it) was reported. */
export type Lower = (node: ASTNode, scope: Scope) => Expression | undefined;

export const sourceOf = (scope: Pick<Scope, 'source'>, at: Span): string => textOf(scope.source, at);

/** Lowers every part, and gives up only after all of them were checked. */
export function lowerAll(nodes: readonly ASTNode[], scope: Scope): Expression[] | undefined {
  const lowered = nodes.map((node) => scope.lower(node, scope));
  const complete = lowered.filter((expression) => expression !== undefined);
  return complete.length === nodes.length ? complete : undefined;
}
