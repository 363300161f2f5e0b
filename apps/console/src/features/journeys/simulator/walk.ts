import type { Answer } from '../../../api/index.ts';

export type Moment = Answer<'simulateJourney'>['moments'][number];

/** Where the made-up player is at a moment, and the way there. */
export interface Walked {
  readonly here: string | undefined;
  readonly nodes: ReadonlySet<string>;
  /** `from connector` */
  readonly edges: ReadonlySet<string>;
}

/** @param last index of the latest moment that has been. */
export function walkedUntil(moments: readonly Moment[], last: number): Walked {
  const nodes = new Set<string>();
  const edges = new Set<string>();
  for (const { steps, nodeId } of moments.slice(0, last + 1)) {
    for (const step of steps) {
      nodes.add(step.nodeId);
      if (step.connector !== null && step.toNodeId !== null) edges.add(`${step.nodeId} ${step.connector}`);
    }
    nodes.add(nodeId);
  }
  return { here: moments[last]?.nodeId, nodes, edges };
}
