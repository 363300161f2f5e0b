import { eventKey } from './events.ts';
import type { JourneyDefinition, NodeId } from './graph.ts';

/** Edges by the node they leave. */
export const edgesFrom = ({ edges }: JourneyDefinition) => Map.groupBy(edges, ({ from }) => from);

/** Ids of the trigger, and of all nodes some path leads to from it. */
export function reachable(definition: JourneyDefinition): ReadonlySet<NodeId> {
  const from = edgesFrom(definition);
  const triggers = Object.entries(definition.nodes).filter(([, { kind }]) => kind === 'trigger');
  const reached = new Set(triggers.map(([id]) => id));
  for (const id of reached) for (const { to } of from.get(id) ?? []) reached.add(to);
  return reached;
}

/** For each node that is reached, the keys of the events that may be the last one when a player comes there. */
export function eventsReaching(definition: JourneyDefinition): ReadonlyMap<NodeId, ReadonlySet<string>> {
  const from = edgesFrom(definition);
  const reaching = new Map<NodeId, Set<string>>();
  const open: NodeId[] = [];
  for (const [id, node] of Object.entries(definition.nodes)) {
    if (node.kind !== 'trigger') continue;
    const { on } = node;
    reaching.set(id, new Set(on && 'name' in on ? [eventKey(on)] : []));
    open.push(id);
  }
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    const node = definition.nodes[id];
    for (const { connector, to } of from.get(id) ?? []) {
      const happened = node?.kind === 'wait_event' && connector === 'happened';
      const carried = happened ? [eventKey(node.event)] : (reaching.get(id) ?? []);
      const known = reaching.get(to);
      const before = known?.size;
      const now = known ?? new Set<string>();
      for (const key of carried) now.add(key);
      reaching.set(to, now);
      if (now.size !== before) open.push(to);
    }
  }
  return reaching;
}
