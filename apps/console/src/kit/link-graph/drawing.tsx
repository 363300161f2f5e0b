import { memo } from 'react';
import classes from './drawing.module.css';
import { type Cluster, edgeKey, type LinkGraph, type LinkNode, PLAYER } from './graph.ts';
import type { Places } from './layout.ts';
import { hueOf, LONE_HUE, shapeOf } from './shapes.ts';
import { hullOf } from './view.ts';

interface Props {
  readonly graph: LinkGraph;
  readonly clusters: readonly Cluster[];
  readonly places: Places;
  /** Pixels for a unit of the drawing, as a step: not everything is drawn again for each turn of the wheel. */
  readonly scale: number;
  readonly labels: ReadonlySet<string>;
  readonly start: string;
  readonly selected: string | undefined;
  /** The one node that Tab leads to. */
  readonly reached: string;
  readonly nameOf: (node: LinkNode) => string;
}

/** Pixels. */
const RADIUS = { least: 3.5, most: 11, usual: 8.5 };

export const radiusAt = (scale: number): number =>
  Math.min(Math.max(RADIUS.usual * Math.sqrt(scale), RADIUS.least), RADIUS.most);

/** From further off than this only the largest clusters have their names. */
const NAMED_FROM = 0.5;
const NAMED_FAR = 12;

/** Clusters, links and nodes, in this order: what is drawn later is on top. */
export const Drawing = memo(function Drawing(props: Props) {
  const { graph, clusters, places, scale, labels, start, selected, reached, nameOf } = props;
  const hues = new Map(clusters.flatMap(({ nodes }, place) => nodes.map((id) => [id, hueOf(place)])));
  const radius = radiusAt(scale);
  const isLinked = (id: string) =>
    graph.edges.some(
      ({ player, identifier }) =>
        (player === selected && identifier === id) || (identifier === selected && player === id),
    );
  return (
    <>
      {clusters.map((cluster, place) => (
        <Hull
          key={cluster.name}
          of={cluster}
          hasName={scale >= NAMED_FROM || place < NAMED_FAR}
          hue={hueOf(place)}
          {...{ places, scale }}
        />
      ))}
      {graph.edges.map((edge) => {
        const [from, to] = [places.get(edge.player), places.get(edge.identifier)];
        if (!from || !to) return null;
        return (
          <line
            key={edgeKey(edge)}
            className={classes.edge}
            data-weak={!edge.isStrong || undefined}
            data-selected={edge.player === selected || edge.identifier === selected || undefined}
            {...{ x1: from.x, y1: from.y, x2: to.x, y2: to.y }}
          />
        );
      })}
      {graph.nodes.map((node) => {
        const place = places.get(node.id);
        if (!place) return null;
        const { id, kind, label } = node;
        const isNear = id === selected || (selected !== undefined && isLinked(id));
        return (
          // biome-ignore lint/a11y/useSemanticElements: a drawing has no buttons of HTML in it
          <g
            key={id}
            role="button"
            className={classes.node}
            data-node={id}
            data-start={id === start || undefined}
            data-selected={id === selected || undefined}
            tabIndex={id === reached ? 0 : -1}
            aria-label={nameOf(node)}
            aria-pressed={id === selected}
            transform={`translate(${place.x} ${place.y}) scale(${1 / scale})`}
          >
            <circle className={classes.halo} r={radius + 5} />
            <path
              className={kind === PLAYER ? classes.player : classes.identifier}
              d={shapeOf(kind)}
              transform={`scale(${radius})`}
              style={{ color: hues.get(id) ?? LONE_HUE }}
            />
            {(labels.has(id) || isNear) && (
              <text className={classes.label} y={radius + 13} aria-hidden>
                {label}
              </text>
            )}
          </g>
        );
      })}
    </>
  );
});

/** Units of the drawing, from the nodes to the edge of their ground and a bit more. */
const HULL_ROOM = 26;

interface HullProps {
  readonly of: Cluster;
  readonly hasName: boolean;
  readonly places: Places;
  readonly hue: string;
  readonly scale: number;
}

/** The ground a cluster stands on, with its letter. */
function Hull({ of: { name, nodes }, hasName, places, hue, scale }: HullProps) {
  const corners = hullOf(nodes.flatMap((id) => places.get(id) ?? []));
  const top = corners.toSorted((one, other) => one.y - other.y)[0];
  if (!top) return null;
  return (
    <g aria-hidden style={{ color: hue }}>
      <polygon className={classes.hull} points={corners.map(({ x, y }) => `${x},${y}`).join(' ')} />
      {hasName && (
        <text
          className={classes.letter}
          transform={`translate(${top.x} ${top.y - HULL_ROOM}) scale(${1 / scale})`}
        >
          {name}
        </text>
      )}
    </g>
  );
}
