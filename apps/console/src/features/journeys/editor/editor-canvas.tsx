import { connectorsOf } from '@promosmith/core/journey';
import { type Connection, type NodeChange, type OnConnectEnd, Panel, useReactFlow } from '@xyflow/react';
import { type DragEvent, type FocusEvent, type KeyboardEvent, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Canvas } from '../drawing/canvas.tsx';
import { type CardNode, drawingOf, type LineEdge } from '../drawing/flow.ts';
import { freeConnector, moveNodes } from '../graph/edits.ts';
import { walkingOrder } from '../graph/order.ts';
import { tallies } from '../graph/problems.ts';
import type { Definition, Kind, Position } from '../graph/types.ts';
import { AddMenu, type Loose } from './add-menu.tsx';
import { CanvasTools } from './canvas-tools.tsx';
import classes from './editor.module.css';
import { useEditor } from './editor-context.ts';
import { DRAGGED } from './palette.tsx';
import { goTo, goToNode, goToWays } from './places.ts';
import { Reveal } from './reveal.tsx';
import { useArrange } from './use-arrange.ts';

const HALF_CARD = { x: 118, y: 30 } as const;

/** The canvas one draws on: nodes and connectors by mouse, touch and keys. */
export function EditorCanvas() {
  const { t } = useTranslation('journeys');
  const editor = useEditor();
  const { definition, words, problems, picked, pickedEdge } = editor;
  const { screenToFlowPosition } = useReactFlow();
  const arrange = useArrange();
  const plane = useRef<HTMLElement>(null);
  const [loose, setLoose] = useState<Loose>();

  const drawing = useMemo(() => {
    const tally = tallies(problems);
    return drawingOf(definition, words, { editable: true, overlay: { tally: (id) => tally.get(id) } });
  }, [definition, words, problems]);
  const nodes = useMemo(
    () => drawing.nodes.map((node) => (picked.includes(node.id) ? { ...node, selected: true } : node)),
    [drawing, picked],
  );
  const edges = useMemo(
    () =>
      drawing.edges.map((edge) =>
        edge.source === pickedEdge?.from && edge.sourceHandle === pickedEdge.connector
          ? { ...edge, selected: true }
          : edge,
      ),
    [drawing, pickedEdge],
  );

  const changed = (changes: NodeChange<CardNode>[]) => {
    const moved: Record<string, Position> = {};
    const chosen = new Map<string, boolean>();
    for (const one of changes) {
      if (one.type === 'position' && one.position && !one.dragging) moved[one.id] = one.position;
      if (one.type === 'select') chosen.set(one.id, one.selected);
    }
    if (Object.entries(moved).some(([id, place]) => isElsewhere(definition.layout[id], place)))
      editor.edit(moveNodes(definition, moved), `move ${Object.keys(moved).join()}`);
    if (chosen.size > 0)
      editor.repick((before) => [
        ...before.filter((id) => chosen.get(id) !== false),
        ...[...chosen].flatMap(([id, isChosen]) => (isChosen && !before.includes(id) ? [id] : [])),
      ]);
  };

  const connected = ({ source, sourceHandle, target }: Connection) =>
    editor.lead(source, sourceHandle ?? '', target);

  /** A connector that was let go over nothing asks what it is to lead to. */
  const letGo: OnConnectEnd = (event, { isValid, fromNode, fromHandle, toNode }) => {
    if (isValid || toNode || !fromNode || fromHandle?.type !== 'source') return;
    const { clientX, clientY } = 'changedTouches' in event ? (event.changedTouches[0] ?? NOWHERE) : event;
    const box = plane.current?.getBoundingClientRect();
    setLoose({
      ...{ from: fromNode.id, connector: fromHandle.id ?? '' },
      at: screenToFlowPosition({ x: clientX, y: clientY }),
      x: clientX - (box?.left ?? 0),
      y: clientY - (box?.top ?? 0),
    });
  };

  const dropped = (event: DragEvent) => {
    const kind = event.dataTransfer.getData(DRAGGED);
    if (kind === '') return;
    event.preventDefault();
    const { x, y } = screenToFlowPosition({ x: event.clientX, y: event.clientY });
    editor.add(kind as Kind, { x: x - HALF_CARD.x, y: y - HALF_CARD.y });
  };

  const pickAt = (target: EventTarget): { readonly node?: string | undefined } => {
    const node = target instanceof Element ? idAt(target, NODE) : undefined;
    const edge = target instanceof Element ? idAt(target, EDGE) : undefined;
    const line = drawing.edges.find(({ id }) => id === edge);
    if (node !== undefined && !picked.includes(node)) editor.pick([node]);
    else if (line?.sourceHandle) editor.pickEdge(line.source, line.sourceHandle);
    return { node };
  };

  /** Takes away what is picked; the keys go on where it was led to from. */
  const remove = () => {
    const before = pickedEdge?.from ?? definition.edges.find(({ to }) => picked.includes(to))?.from;
    const next = [before, ...walkingOrder(definition)].find((id) => id !== undefined && !picked.includes(id));
    editor.remove();
    if (next !== undefined) goToNode(next);
  };

  /** What keys do to a node or edge; those of the tools among them are for the tools. */
  const pressed = (event: KeyboardEvent) => {
    const { key, target, altKey, ctrlKey, metaKey } = event;
    if (altKey || ctrlKey || metaKey) return;
    if (target instanceof Element && target.closest('button, [role="menu"]')) return;
    if (key === 'Delete' || key === 'Backspace') remove();
    else if (key === 'Enter') {
      pickAt(target);
      goTo('inspector');
    } else if (key === 'c' || key === 'C') {
      const { node } = pickAt(target);
      if (node === undefined) return;
      goToWays(freeWay(definition, node));
    } else if (key === 'l' || key === 'L') arrange();
    else return;
    event.preventDefault();
  };

  /** What the keys come to is picked: they act on it at once. */
  const focused = ({ target }: FocusEvent) => {
    if (target.matches(`${NODE}:focus-visible, ${EDGE}:focus-visible`)) pickAt(target);
  };

  return (
    <section
      className={classes.plane}
      ref={plane}
      aria-label={t('canvas.label')}
      data-place="graph"
      onKeyDown={pressed}
      onFocus={focused}
      onDragOver={(event) => {
        if (event.dataTransfer.types.includes(DRAGGED)) event.preventDefault();
      }}
      onDrop={dropped}
    >
      <Canvas
        label={t('canvas.label')}
        help={{ node: t('canvas.nodeHelp'), edge: t('canvas.edgeHelp') }}
        nodes={nodes}
        edges={edges}
        onChanges={changed}
        onConnect={connected}
        onConnectEnd={letGo}
        isValidConnection={({ source, target }: Connection | LineEdge) =>
          source !== target && definition.nodes[target]?.kind !== 'trigger'
        }
        onEdgesChange={(changes) => {
          for (const one of changes) {
            if (one.type !== 'select' || !one.selected) continue;
            const edge = drawing.edges.find(({ id }) => id === one.id);
            if (edge?.sourceHandle) editor.pickEdge(edge.source, edge.sourceHandle);
          }
        }}
        onPaneClick={() => editor.pick([])}
      >
        <Reveal id={picked.length === 1 ? picked[0] : undefined} />
        <Panel position="top-left">
          <CanvasTools />
        </Panel>
      </Canvas>
      {loose && <AddMenu loose={loose} onClose={() => setLoose(undefined)} />}
    </section>
  );
}

const NODE = '.react-flow__node';
const EDGE = '.react-flow__edge';
const idAt = (target: Element, what: string): string | undefined =>
  target.closest<HTMLElement>(what)?.dataset.id;

/** Which of a node's connectors leads nowhere yet, counted from 0. */
function freeWay(definition: Definition, id: string): number {
  const node = definition.nodes[id];
  const free = freeConnector(definition, id);
  return node && free !== undefined ? connectorsOf(node).indexOf(free) : 0;
}

const NOWHERE = { clientX: 0, clientY: 0 } as const;

const isElsewhere = (before: Position | undefined, { x, y }: Position): boolean =>
  before === undefined || Math.round(x) !== before.x || Math.round(y) !== before.y;
