import { BaseEdge, EdgeLabelRenderer, type EdgeProps, getBezierPath, getSmoothStepPath } from '@xyflow/react';
import { memo } from 'react';
import { Count } from '../../../kit/index.ts';
import classes from './drawing.module.css';
import type { LineEdge } from './flow.ts';

/** A way back goes around the cards in a square, a way on in a curve. */
function pathOf(props: EdgeProps<LineEdge>): [path: string, labelX: number, labelY: number] {
  const { sourceX, sourceY, targetX, targetY, sourcePosition, targetPosition } = props;
  const ends = { sourceX, sourceY, targetX, targetY, sourcePosition, targetPosition };
  const [path, x, y] =
    targetX < sourceX ? getSmoothStepPath({ ...ends, borderRadius: 14, offset: 28 }) : getBezierPath(ends);
  return [path, x, y];
}

/** An edge, with the connector it leaves by written on it, and how many left by it. */
export const Line = memo(function Line(props: EdgeProps<LineEdge>) {
  const { id, data, selected, markerEnd } = props;
  const [path, x, y] = pathOf(props);
  return (
    <>
      <BaseEdge
        id={id}
        path={path}
        className={classes.line ?? ''}
        data-tone={data?.tone}
        data-selected={selected || undefined}
        interactionWidth={18}
        {...(markerEnd === undefined ? {} : { markerEnd })}
      />
      {data && (
        <EdgeLabelRenderer>
          <div
            className={classes.label}
            data-tone={data.tone}
            data-selected={selected || undefined}
            style={{ transform: `translate(-50%, -50%) translate(${x}px, ${y + data.shift}px)` }}
            aria-hidden
          >
            {data.label}
            {data.count !== undefined && (
              <b>
                <Count of={data.count} />
              </b>
            )}
            {data.note !== undefined && <i>{data.note}</i>}
          </div>
        </EdgeLabelRenderer>
      )}
    </>
  );
});
