import type { Problem } from './types.ts';

/** What is wrong with one field of a node, or of the settings when there is no node. */
export const problemsAt = (
  problems: readonly Problem[],
  nodeId: string | null,
  field: string,
): readonly Problem[] =>
  problems.filter(
    (problem) =>
      (problem.nodeId ?? null) === nodeId &&
      (problem.field === field || problem.field?.startsWith(`${field}.`)),
  );

/** The node that a problem is at; an edge is a problem of where it begins. */
export const nodeOf = ({ nodeId, edge }: Problem): string | undefined => nodeId ?? edge?.from;

export interface Tally {
  readonly errors: number;
  readonly warnings: number;
}

export function tallies(problems: readonly Problem[]): ReadonlyMap<string, Tally> {
  const byNode = new Map<string, Tally>();
  for (const problem of problems) {
    const id = nodeOf(problem);
    if (id === undefined) continue;
    const { errors, warnings } = byNode.get(id) ?? { errors: 0, warnings: 0 };
    byNode.set(
      id,
      problem.severity === 'error' ? { errors: errors + 1, warnings } : { errors, warnings: warnings + 1 },
    );
  }
  return byNode;
}
