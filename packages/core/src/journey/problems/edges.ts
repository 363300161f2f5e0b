import { connectorsOf } from '../connectors.ts';
import { type Edge, isMessage, type JourneyDefinition, type JourneyNode, type NodeId } from '../graph.ts';
import { error, type Problem, warning } from '../problem.ts';

/** Whether edges leave by connectors their nodes have, and those that have to be connected are. */
export function edgeProblems({ nodes, edges }: JourneyDefinition): Problem[] {
  const from = Map.groupBy(edges, (edge) => edge.from);
  return Object.entries(nodes).flatMap(([id, node]) => {
    const leaving = from.get(id) ?? [];
    return [
      ...leaving.flatMap((edge) => unknownConnector(node, edge, nodes[edge.to])),
      ...repeatedConnectors(id, leaving),
      ...missingConnector(id, node, leaving),
      ...unreachableOutcomes(id, node, leaving),
    ];
  });
}

function unknownConnector(node: JourneyNode, edge: Edge, target: JourneyNode | undefined): Problem[] {
  const at = { nodeId: edge.from, edge };
  if (target?.kind === 'trigger')
    return [
      error(
        'trigger_entered',
        at,
        'Players enter by the trigger; no edge leads back to it.',
        'Connect it to another node.',
      ),
    ];
  if (node.kind === 'exit')
    return [
      error(
        'exit_left',
        at,
        'Nothing follows an exit: players have left there.',
        'Remove the edge, or the exit.',
      ),
    ];
  const connectors = connectorsOf(node);
  if (connectors.includes(edge.connector)) return [];
  return [
    error(
      'connector_unknown',
      at,
      `The node has no connector “${edge.connector}”.`,
      `Connect one of: ${connectors.join(', ')}.`,
    ),
  ];
}

function repeatedConnectors(nodeId: NodeId, leaving: readonly Edge[]): Problem[] {
  const connectors = Map.groupBy(leaving, ({ connector }) => connector);
  return [...connectors.values()].flatMap(([, second]) =>
    second
      ? [
          error(
            'connector_repeated',
            { nodeId, edge: second },
            `“${second.connector}” leads to several nodes, and a visit leaves by one edge.`,
            'Keep one of the edges; put nodes that belong together in a row.',
          ),
        ]
      : [],
  );
}

/** Nodes that are there to lead on. Elsewhere a path may end. */
function missingConnector(nodeId: NodeId, node: JourneyNode, leaving: readonly Edge[]): Problem[] {
  const connected = new Set(leaving.map(({ connector }) => connector));
  const missing = (message: string, fix: string, field?: string) => [
    error('connector_missing', { nodeId, ...(field && { field }) }, message, fix),
  ];
  switch (node.kind) {
    case 'trigger':
      if (connected.has('next')) return [];
      return missing('Nothing follows the trigger.', 'Connect it to the first node.', 'next');
    case 'delay':
      if (connected.has('next')) return [];
      return missing('Nothing follows the delay.', 'Connect it to a node, or remove it.', 'next');
    case 'wait_event':
      if (connected.has('happened')) return [];
      return missing(
        'Nothing follows the event that is waited for.',
        'Connect “happened” to a node.',
        'happened',
      );
    case 'condition':
    case 'split':
      if (connected.size > 0) return [];
      return missing('It decides between paths, and there are none.', 'Connect one of its connectors.');
    default:
      return [];
  }
}

function unreachableOutcomes(nodeId: NodeId, node: JourneyNode, leaving: readonly Edge[]): Problem[] {
  if (node.kind === 'wait_event' && node.timeoutMs === null) return endlessWait(nodeId, leaving);
  if (!isMessage(node) || !leaving.some(({ connector }) => connector === 'impression')) return [];
  return leaving
    .filter(({ connector }) => connector === 'clicked' || connector === 'dismissed')
    .map((edge) =>
      warning(
        'impression_decides',
        { nodeId, edge },
        `A visit leaves by the first outcome that is connected, so an impression leaves before “${edge.connector}”.`,
        'Remove one of the two edges. To go on from a click, connect only that; a wait for the client action can follow an impression.',
      ),
    );
}

function endlessWait(nodeId: NodeId, leaving: readonly Edge[]): Problem[] {
  const timedOut = leaving.find(({ connector }) => connector === 'timed_out');
  if (timedOut)
    return [
      warning(
        'never_leaves_by',
        { nodeId, edge: timedOut },
        'It waits without end, so it never times out.',
        'State a time-out, or remove the edge.',
      ),
    ];
  return [
    warning(
      'waits_forever',
      { nodeId, field: 'timeoutMs' },
      'Players the event never happens to stay inside for good.',
      'State a time-out.',
    ),
  ];
}
