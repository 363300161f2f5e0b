import { type JourneyDefinition, type JourneyNode, JOURNEY_LIMITS as LIMITS, type NodeId } from '../graph.ts';
import { error, type Problem } from '../problem.ts';

const NODE_ID = /^[A-Za-z][A-Za-z0-9_]{0,39}$/;

/** Whether it is a graph, and small enough. */
export function shapeProblems(definition: JourneyDefinition): Problem[] {
  const { nodes, edges } = definition;
  const entries = Object.entries(nodes);
  const problems: Problem[] = [];
  if (entries.length > LIMITS.nodes)
    problems.push(
      error(
        'too_many_nodes',
        {},
        `The journey has ${entries.length} nodes; ${LIMITS.nodes} are the most.`,
        'Split it into journeys that follow each other.',
      ),
    );
  if (edges.length > LIMITS.edges)
    problems.push(
      error(
        'too_many_edges',
        {},
        `The journey has ${edges.length} edges; ${LIMITS.edges} are the most.`,
        'Split it into journeys that follow each other.',
      ),
    );
  return [
    ...problems,
    ...entries.flatMap(([id, node]) => shapeOfNode(id, node)),
    ...shapeOfEdges(definition),
  ];
}

function shapeOfNode(nodeId: NodeId, node: JourneyNode): Problem[] {
  const problems: Problem[] = [];
  if (!NODE_ID.test(nodeId))
    problems.push(
      error(
        'node_id_invalid',
        { nodeId },
        `“${nodeId}” is no id of a node.`,
        'Use a letter, then up to 39 letters, digits and underscores.',
      ),
    );
  const limit = (field: string, text: string | null, most: number) => {
    if (text !== null && text.length > most)
      problems.push(
        error(
          'text_too_long',
          { nodeId, field },
          `It has ${text.length} characters; ${most} are the most.`,
          'Shorten it.',
        ),
      );
  };
  limit('name', node.name, LIMITS.nameLength);
  switch (node.kind) {
    case 'webhook':
      limit('url', node.url, LIMITS.urlLength);
      limit('body', node.body, LIMITS.templateLength);
      for (const [index, { name, value }] of node.headers.entries()) {
        limit(`headers.${index}.name`, name, LIMITS.nameLength);
        limit(`headers.${index}.value`, value, LIMITS.templateLength);
      }
      if (node.headers.length > LIMITS.headers)
        problems.push(
          error(
            'too_many_headers',
            { nodeId, field: 'headers' },
            `A webhook sends at most ${LIMITS.headers} headers.`,
            'Remove some.',
          ),
        );
      break;
    case 'change_property':
      limit('property', node.property, LIMITS.nameLength);
      limit('value', node.value, LIMITS.templateLength);
      break;
    case 'wait_event':
      limit('event.name', node.event.name, LIMITS.nameLength);
      break;
    case 'split':
      for (const [index, { id, name }] of node.variants.entries()) {
        limit(`variants.${index}.id`, id, LIMITS.nameLength);
        limit(`variants.${index}.name`, name, LIMITS.nameLength);
      }
      if (node.variants.length > LIMITS.variants)
        problems.push(
          error(
            'too_many_variants',
            { nodeId, field: 'variants' },
            `A split has at most ${LIMITS.variants} variants.`,
            'Remove some, or split one of them again.',
          ),
        );
  }
  return problems;
}

function shapeOfEdges({ nodes, edges }: JourneyDefinition): Problem[] {
  const seen = new Set<string>();
  return edges.flatMap((edge) => {
    const missing = [edge.from, edge.to].find((id) => !Object.hasOwn(nodes, id));
    if (missing !== undefined)
      return [
        error(
          'edge_dangling',
          { edge },
          `There is no node “${missing}”.`,
          'Remove the edge, or connect it to a node.',
        ),
      ];
    const key = JSON.stringify([edge.from, edge.connector, edge.to]);
    if (seen.has(key))
      return [error('edge_repeated', { edge }, 'The edge is there twice.', 'Remove one of them.')];
    seen.add(key);
    return [];
  });
}
