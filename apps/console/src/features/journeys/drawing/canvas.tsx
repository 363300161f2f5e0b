import '@xyflow/react/dist/style.css';
import { useComputedColorScheme } from '@mantine/core';
import {
  applyNodeChanges,
  Background,
  Controls,
  MarkerType,
  MiniMap,
  type NodeChange,
  ReactFlow,
  type ReactFlowInstance,
  type ReactFlowProps,
} from '@xyflow/react';
import { type ReactNode, useEffect, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Card } from './card.tsx';
import classes from './drawing.module.css';
import type { CardNode, LineEdge } from './flow.ts';
import { Line } from './line.tsx';
import { LOOK } from './look.ts';

const NODE_TYPES = { card: Card };
const EDGE_TYPES = { line: Line };
const FIT = { padding: 0.12, maxZoom: 1 } as const;
const SMALL_GRAPH = 8;
/** Below it nobody reads what is on a card. */
const LEAST_ZOOM = 0.55;
const MARGIN = 28;
const TOP = 150;

/** The whole graph when it can be read, or else its beginning; a first node leaves room for what comes after it. */
function showBeginning(flow: ReactFlowInstance<CardNode, LineEdge>): void {
  const nodes = flow.getNodes();
  if (nodes.length === 0) return;
  void flow.fitView(FIT).then(() => {
    if (nodes.length > 1 && flow.getZoom() >= LEAST_ZOOM) return;
    const zoom = nodes.length > 1 ? LEAST_ZOOM : 1;
    const first = nodes.find(({ data }) => data.node.kind === 'trigger') ?? nodes[0];
    const { y = 0 } = first?.position ?? {};
    const left = Math.min(...nodes.map(({ position }) => position.x));
    void flow.setViewport({ x: MARGIN - left * zoom, y: TOP - y * zoom, zoom });
  });
}

/** Of a picture that one only looks at. */
export const NO_KEYS = { node: '', edge: '' } as const;

interface Props extends Omit<ReactFlowProps<CardNode, LineEdge>, 'onNodesChange' | 'nodes' | 'edges'> {
  readonly label: string;
  readonly nodes: CardNode[];
  readonly edges: LineEdge[];
  /** What keys do to a node and to an edge. */
  readonly help: { readonly node: string; readonly edge: string };
  /** What was done to nodes by hand; what it looks like meanwhile is seen to. */
  readonly onChanges?: (changes: NodeChange<CardNode>[]) => void;
  readonly children?: ReactNode;
}

/** The plane that journeys are drawn on, whoever draws: zoom, fit, a map, light and dark. */
export function Canvas({ label, nodes, edges, help, onChanges, children, ...flow }: Props) {
  const { t } = useTranslation('journeys');
  const scheme = useComputedColorScheme('light');
  const [shown, setShown] = useState(nodes);
  // What React Flow measured of a node stays with it when the node is drawn anew.
  useEffect(
    () =>
      setShown((before) => {
        const measured = new Map(before.map((node) => [node.id, node.measured]));
        return nodes.map((node) => {
          const size = measured.get(node.id);
          return size === undefined ? node : { ...node, measured: size };
        });
      }),
    [nodes],
  );
  const aria = useMemo(
    () => ({
      'node.a11yDescription.default': help.node,
      'node.a11yDescription.keyboardDisabled': help.node,
      'node.a11yDescription.ariaLiveMessage': ({ direction }: { direction: string }) =>
        t(`said.moved.${direction}`),
      'edge.a11yDescription.default': help.edge,
      'controls.ariaLabel': t('canvas.controls'),
      'controls.zoomIn.ariaLabel': t('canvas.zoomIn'),
      'controls.zoomOut.ariaLabel': t('canvas.zoomOut'),
      'controls.fitView.ariaLabel': t('canvas.fit'),
      'minimap.ariaLabel': t('canvas.map'),
      'handle.ariaLabel': t('canvas.handle'),
    }),
    [t, help.node, help.edge],
  );
  return (
    <div className={classes.canvas}>
      <ReactFlow
        aria-label={label}
        nodeTypes={NODE_TYPES}
        edgeTypes={EDGE_TYPES}
        colorMode={scheme}
        onInit={showBeginning}
        minZoom={0.15}
        maxZoom={1.6}
        deleteKeyCode={null}
        ariaLabelConfig={aria}
        defaultEdgeOptions={{ markerEnd: { type: MarkerType.ArrowClosed, width: 16, height: 16 } }}
        {...flow}
        nodes={shown}
        edges={edges}
        onNodesChange={(changes) => {
          setShown((before) => applyNodeChanges(changes, before));
          onChanges?.(changes);
        }}
      >
        <Background gap={20} size={1.4} />
        <Controls showInteractive={false} fitViewOptions={FIT} />
        {nodes.length > SMALL_GRAPH && (
          <MiniMap
            pannable
            zoomable
            nodeColor={({ data }: CardNode) => `var(--mantine-color-${LOOK[data.node.kind].color}-filled)`}
            nodeStrokeWidth={0}
          />
        )}
        {children}
      </ReactFlow>
    </div>
  );
}
