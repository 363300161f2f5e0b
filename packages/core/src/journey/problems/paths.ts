import { takesTime } from '../connectors.ts';
import type { JourneyDefinition, NodeId } from '../graph.ts';
import { error, type Problem } from '../problem.ts';
import { reachable } from '../reach.ts';

/** Whether all nodes are reached, and every way back takes time. */
export function pathProblems(definition: JourneyDefinition): Problem[] {
  const reached = reachable(definition);
  const lost = Object.entries(definition.nodes)
    .filter(([id, { kind }]) => !reached.has(id) && kind !== 'trigger')
    .map(([nodeId]) =>
      error(
        'unreachable',
        { nodeId },
        'No path leads here from the trigger.',
        'Connect it to a node that is reached, or remove it.',
      ),
    );
  return [...lost, ...loops(definition)];
}

/** Nodes that players would go round without end and at once. */
function loops({ nodes, edges }: JourneyDefinition): Problem[] {
  const quick = edges.filter(({ from, connector }) => {
    const node = nodes[from];
    return node && !takesTime(node, connector);
  });
  return [...nodesOnCycles(quick)].map((nodeId) =>
    error(
      'cycle_without_wait',
      { nodeId },
      'Players would go round here at once and without end.',
      'Put a delay on the way back, or a wait for what the player does.',
    ),
  );
}

/**
 * What is left when nodes without a way in are taken away until there are none, and those without a way out likewise:
 * cycles, and paths between two of them.
 */
function nodesOnCycles(edges: readonly { readonly from: NodeId; readonly to: NodeId }[]): Set<NodeId> {
  let left = edges;
  for (let before = -1; before !== left.length; ) {
    before = left.length;
    const sources = new Set(left.map(({ from }) => from));
    const targets = new Set(left.map(({ to }) => to));
    left = left.filter(({ from, to }) => targets.has(from) && sources.has(to));
  }
  return new Set(left.map(({ from }) => from));
}
