import { ActionIcon, Group, Text, Tooltip } from '@mantine/core';
import { useElementSize } from '@mantine/hooks';
import { IconFocusCentered, IconMinus, IconPlus } from '@tabler/icons-react';
import {
  type KeyboardEvent,
  type MouseEvent,
  type ReactNode,
  useCallback,
  useMemo,
  useRef,
  useState,
} from 'react';
import { useTranslation } from 'react-i18next';
import { Drawing, radiusAt } from './drawing.tsx';
import { type Cluster, type LinkGraph, type LinkNode, neighboursOf, PLAYER } from './graph.ts';
import { Legend } from './legend.tsx';
import classes from './picture.module.css';
import { useSettled } from './use-settled.ts';
import { useView } from './use-view.ts';
import { type Direction, labelsOf, nextTowards } from './view.ts';

interface Props {
  readonly graph: LinkGraph;
  readonly clusters: readonly Cluster[];
  /** The node everything is seen from. */
  readonly start: string;
  readonly selected: string | undefined;
  readonly onSelect: (id: string | undefined) => void;
  /** What Enter on a selected node or a double click does. */
  readonly onOpen: (id: string) => void;
}

const ARROWS: Readonly<Record<string, Direction>> = {
  ArrowLeft: 'left',
  ArrowRight: 'right',
  ArrowUp: 'up',
  ArrowDown: 'down',
};
const ZOOM = 1.4;
/** Sizes are worked out anew for every half step of twice as near. */
const STEPS = 2;

const nodeOf = (event: MouseEvent | KeyboardEvent): string | undefined =>
  event.target instanceof Element ? event.target.closest<SVGElement>('[data-node]')?.dataset.node : undefined;

/** A graph of links, drawn. Tab leads into it, arrows from node to node, Enter to what there is to know. */
export function LinkPicture({ graph, clusters, start, selected, onSelect, onOpen }: Props) {
  const { t } = useTranslation('fraud');
  const drawing = useRef<SVGSVGElement>(null);
  const { ref: stage, width, height } = useElementSize<HTMLDivElement>();
  const { places, isSettling } = useSettled(graph);
  const size = useMemo(() => ({ width: width || 600, height: height || 400 }), [width, height]);
  const { view, zoom, fitAll, show, handlers } = useView(drawing, places, size);
  const [focused, setFocused] = useState<string>();
  const reached = focused !== undefined && places.has(focused) ? focused : start;

  const scale = 2 ** (Math.round(Math.log2(view.scale) * STEPS) / STEPS);
  const neighbours = useMemo(() => neighboursOf(graph), [graph]);
  const clusterOf = useMemo(
    () => new Map(clusters.flatMap(({ name, nodes }) => nodes.map((id) => [id, name]))),
    [clusters],
  );
  const labels = useMemo(() => {
    const weightOf = ({ id, kind }: LinkNode) =>
      (id === start ? 1_000 : 0) + (kind === PLAYER ? 0.5 : 0) + (neighbours.get(id)?.length ?? 0);
    return labelsOf(
      graph.nodes.map((node) => ({ id: node.id, label: node.label, weight: weightOf(node) })),
      places,
      { scale, radius: radiusAt(scale) },
    );
  }, [graph, neighbours, places, scale, start]);
  const nameOf = useCallback(
    ({ id, kind, label }: LinkNode) => {
      const cluster = clusterOf.get(id);
      const name = t(`graph.node`, {
        kind: t(`identifiers.${kind}`, { defaultValue: kind }),
        label,
        count: neighbours.get(id)?.length ?? 0,
      });
      return cluster === undefined ? name : `${name}, ${t('graph.cluster', { name: cluster })}`;
    },
    [t, clusterOf, neighbours],
  );

  const reach = (id: string) => {
    setFocused(id);
    const place = places.get(id);
    if (place) show(place);
    drawing.current?.querySelector<SVGElement>(`[data-node="${CSS.escape(id)}"]`)?.focus();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const id = nodeOf(event);
    const direction = ARROWS[event.key];
    if (id !== undefined && direction) {
      const next = nextTowards(places, id, direction);
      if (next !== undefined) reach(next);
    } else if (id !== undefined && (event.key === 'Enter' || event.key === ' ')) {
      if (selected === id) onOpen(id);
      else onSelect(id);
    } else if (event.key === '+') zoom(ZOOM);
    else if (event.key === '-') zoom(1 / ZOOM);
    else if (event.key === '0') fitAll();
    else if (event.key === 'Escape' && selected !== undefined) onSelect(undefined);
    else return;
    event.preventDefault();
  };

  return (
    <div className={classes.frame}>
      <div ref={stage} className={classes.stage}>
        {/* biome-ignore lint/a11y/useSemanticElements: a drawing is no fieldset */}
        <svg
          ref={drawing}
          className={classes.drawing}
          role="group"
          aria-label={t('graph.label')}
          aria-busy={isSettling}
          onKeyDown={onKeyDown}
          onClick={(event) => {
            const id = nodeOf(event);
            if (id !== undefined) setFocused(id);
            onSelect(id);
          }}
          onDoubleClick={(event) => {
            const id = nodeOf(event);
            if (id !== undefined) onOpen(id);
          }}
          {...handlers}
        >
          <g transform={`translate(${view.x} ${view.y}) scale(${view.scale})`}>
            <Drawing {...{ graph, clusters, places, labels, start, selected, reached, nameOf, scale }} />
          </g>
        </svg>
      </div>
      <Group gap={4} className={classes.tools}>
        <Tool label={t('graph.nearer')} onClick={() => zoom(ZOOM)} icon={<IconPlus size={15} />} />
        <Tool label={t('graph.further')} onClick={() => zoom(1 / ZOOM)} icon={<IconMinus size={15} />} />
        <Tool label={t('graph.fit')} onClick={fitAll} icon={<IconFocusCentered size={15} />} />
      </Group>
      <Group className={classes.foot} justify="space-between" gap="xs">
        <Legend graph={graph} />
        <Text fz="xs" c="dimmed" visibleFrom="sm">
          {t('graph.hint')}
        </Text>
      </Group>
    </div>
  );
}

interface ToolProps {
  readonly label: string;
  readonly onClick: () => void;
  readonly icon: ReactNode;
}

const Tool = ({ label, onClick, icon }: ToolProps) => (
  <Tooltip label={label}>
    <ActionIcon variant="default" aria-label={label} onClick={onClick}>
      {icon}
    </ActionIcon>
  </Tooltip>
);
