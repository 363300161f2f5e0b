import fc from 'fast-check';
import { connectorsOf, takesTime } from '../connectors.ts';
import type { Edge, JourneyDefinition, JourneyNode, NodeId } from '../graph.ts';
import { draw, message, node, onAction, onEvent, SECOND } from './drawing.ts';

/** Times of random journeys are whole seconds, so that a model can look at every one of them. */
const duration = (least: number, most: number) =>
  fc.integer({ min: least, max: most }).map((seconds) => seconds * SECOND);

const event = fc.constantFrom(onEvent('login'), onEvent('deposit.succeeded'), onAction('CODE_IS_SHOWN'));

/** What a graph is made of; delays last long enough that what a walk does in one call is within its limit. */
const nodeArbitrary = (validity: fc.Arbitrary<number>): fc.Arbitrary<JourneyNode> =>
  fc.oneof(
    { weight: 4, arbitrary: validity.map((expiresAfterMs) => message('popup', { expiresAfterMs })) },
    {
      weight: 3,
      arbitrary: fc.record({
        kind: fc.constant('wait_event' as const),
        name: fc.constant(null),
        event,
        timeoutMs: fc.option(duration(5, 30)),
      }),
    },
    {
      weight: 3,
      arbitrary: duration(5, 20).map((forMs): JourneyNode => ({ ...node.delay, delay: { forMs } })),
    },
    {
      weight: 1,
      arbitrary: fc
        .constantFrom('player.country == "DE"', 'player.country == "GB"')
        .map((rule): JourneyNode => ({ ...node.condition, rule })),
    },
    { weight: 1, arbitrary: fc.constant<JourneyNode>(node.split) },
    { weight: 1, arbitrary: fc.constant<JourneyNode>(node.webhook) },
    { weight: 1, arbitrary: fc.constant<JourneyNode>(node.property) },
    { weight: 1, arbitrary: fc.constant<JourneyNode>(node.exit) },
  );

const MOST_NODES = 7;
/** More than any node has connectors. */
const MOST_CONNECTORS = 6;

const drawn = (validity: fc.Arbitrary<number>) =>
  fc.record({
    nodes: fc.array(nodeArbitrary(validity), { minLength: 1, maxLength: MOST_NODES }),
    /** For each node and connector, where it leads: a number of any size, or nowhere. */
    targets: fc.array(
      fc.array(fc.option(fc.nat(1_000), { freq: 3 }), {
        minLength: MOST_CONNECTORS,
        maxLength: MOST_CONNECTORS,
      }),
      { minLength: MOST_NODES, maxLength: MOST_NODES },
    ),
  });

/** Graphs that can be published, with ways back through all that takes time. @param validity of messages */
export const graphArbitrary = (validity = duration(1, 40)): fc.Arbitrary<JourneyDefinition> =>
  drawn(validity).map(({ nodes, targets }) => {
    const all = Object.fromEntries([...nodes, node.exit].map((each, n) => [`n${n}`, each]));
    const edges = nodes.flatMap((each, n) => edgesOf(each, n, nodes.length, targets[n] ?? []));
    const definition = {
      ...draw(all, ['start.next > n0']),
      edges: [{ from: 'start', connector: 'next', to: 'n0' }, ...edges],
    };
    return withoutTheLost(definition);
  });

/** Ways that take no time lead forwards only, so that no loop is made of them. */
function edgesOf(each: JourneyNode, n: number, last: number, targets: readonly (number | null)[]): Edge[] {
  return connectorsOf(each).flatMap((connector, index) => {
    const target = targets[index] ?? (MUST_LEAD.has(connector) ? 0 : null);
    if (target === null) return [];
    const first = takesTime(each, connector) ? 0 : n + 1;
    return [{ from: `n${n}`, connector, to: `n${first + (target % (last + 1 - first))}` }];
  });
}

const MUST_LEAD: ReadonlySet<string> = new Set(['next', 'happened', 'yes', 'a']);

function withoutTheLost(definition: JourneyDefinition): JourneyDefinition {
  const reached = new Set<NodeId>(['start']);
  for (const id of reached) for (const { from, to } of definition.edges) if (from === id) reached.add(to);
  return {
    ...definition,
    nodes: Object.fromEntries(Object.entries(definition.nodes).filter(([id]) => reached.has(id))),
    edges: definition.edges.filter(({ from }) => reached.has(from)),
  };
}
