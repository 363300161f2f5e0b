import { connectorsOf } from '@promosmith/core/journey';
import type { Definition } from './types.ts';

/** Ids of nodes as players come to them: from the trigger on, breadth first; what nobody reaches comes last. */
export function walkingOrder({ nodes, edges }: Definition): string[] {
  const triggers = Object.keys(nodes).filter((id) => nodes[id]?.kind === 'trigger');
  const seen = new Set(triggers);
  for (const id of seen) {
    const node = nodes[id];
    if (!node) continue;
    for (const connector of connectorsOf(node))
      for (const edge of edges)
        if (edge.from === id && edge.connector === connector && Object.hasOwn(nodes, edge.to))
          seen.add(edge.to);
  }
  return [...seen, ...Object.keys(nodes).filter((id) => !seen.has(id))];
}
