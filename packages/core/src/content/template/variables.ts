import { analyzeSync, TokenKind, Variable } from 'liquidjs';
import { compile } from './compile.ts';

/** A value that a template asks for. */
export interface VariableUse {
  /** Names from the root as far as they are written out: `["event", "bet", "amount"]`. */
  readonly path: readonly string[];
  /** Whether the path goes on with something only known when it is rendered: `event[label.field]`. */
  readonly open: boolean;
  readonly line: number;
  readonly column: number;
}

/** What a template asks of its scope, in its whole text: also in branches that are not taken. Empty if it cannot be read. */
export function variablesOf(source: string): readonly VariableUse[] {
  const compiled = compile(source);
  if (!compiled.ok) return [];
  const { globals } = analyzeSync(compiled.nodes, { partials: false });
  return Object.values(globals).flat().map(useOf);
}

function useOf({ segments, location }: Variable): VariableUse {
  const dynamic = segments.findIndex((segment) => segment instanceof Variable);
  const known = dynamic === -1 ? segments : segments.slice(0, dynamic);
  return { path: known.map(String), open: dynamic !== -1, line: location.row, column: location.col };
}

/** What the template writes whatever its values are: the text outside of every tag and output. */
export function fixedText(source: string): string {
  const compiled = compile(source);
  if (!compiled.ok) return '';
  return compiled.nodes
    .filter(({ token }) => token.kind === TokenKind.HTML)
    .map(({ token }) => token.getText())
    .join('');
}

/** Whether the template always comes out as it is written. */
export const isFixed = (source: string): boolean => fixedText(source) === source;
