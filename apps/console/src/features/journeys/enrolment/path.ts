interface Entry {
  readonly what: string;
  readonly nodeId: string | null;
  readonly data: Readonly<Record<string, unknown>>;
}

/** Nodes that were visited, and connectors that were left by (`from connector`). */
export function pathOf(timeline: readonly Entry[]): {
  readonly nodes: ReadonlySet<string>;
  readonly edges: ReadonlySet<string>;
} {
  const nodes = new Set<string>();
  const edges = new Set<string>();
  for (const { what, nodeId, data } of timeline) {
    if (nodeId !== null) nodes.add(nodeId);
    if (what === 'visit.left' && nodeId !== null && typeof data.connector === 'string')
      edges.add(`${nodeId} ${data.connector}`);
  }
  return { nodes, edges };
}
