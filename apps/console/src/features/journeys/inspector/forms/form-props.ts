import type { GraphNode } from '../../graph/types.ts';

/** The settings of one node of a kind. A change says what it is about, so that typing is undone as one. */
export interface FormProps<Node extends GraphNode> {
  readonly id: string;
  readonly node: Node;
  readonly onChange: (node: Node, about?: string) => void;
}
