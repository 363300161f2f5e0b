import { IconAlertCircleFilled, IconAlertTriangleFilled, IconUser } from '@tabler/icons-react';
import { Handle, type NodeProps, Position } from '@xyflow/react';
import { memo } from 'react';
import { Count } from '../../../kit/index.ts';
import classes from './drawing.module.css';
import type { CardNode, Way } from './flow.ts';
import { LOOK } from './look.ts';

/** A node: what it is and does, and a row for each way out, with the handle that leads from it. */
export const Card = memo(function Card({ data, selected }: NodeProps<CardNode>) {
  const { node, title, kindName, summary, ways, errors, warnings, waiting, tone, note, editable } = data;
  const { icon: IconOf, color } = LOOK[node.kind];
  return (
    <div
      className={classes.card}
      data-selected={selected || undefined}
      data-tone={tone}
      data-kind={node.kind}
    >
      {node.kind !== 'trigger' && (
        <Handle
          type="target"
          id="in"
          position={Position.Left}
          className={classes.entry}
          isConnectable={editable}
        />
      )}
      <div className={classes.head}>
        <span
          className={classes.sign}
          style={{
            background: `var(--mantine-color-${color}-light)`,
            color: `var(--mantine-color-${color}-light-color)`,
          }}
        >
          <IconOf size={17} stroke={1.7} aria-hidden />
        </span>
        <span className={classes.words}>
          <span className={classes.title}>{title}</span>
          <span className={classes.summary}>{summary || kindName}</span>
        </span>
        <span className={classes.marks}>
          {errors > 0 && <IconAlertCircleFilled size={16} className={classes.error} aria-hidden />}
          {errors === 0 && warnings > 0 && (
            <IconAlertTriangleFilled size={16} className={classes.warning} aria-hidden />
          )}
          {waiting !== undefined && waiting > 0 && (
            <span className={classes.waiting}>
              <IconUser size={11} aria-hidden />
              <Count of={waiting} />
            </span>
          )}
        </span>
      </div>
      {note !== undefined && <span className={classes.note}>{note}</span>}
      {ways.length > 0 && (
        <div className={classes.ways}>
          {ways.map((way) => (
            <WayOut key={way.connector} way={way} editable={editable} />
          ))}
        </div>
      )}
    </div>
  );
});

const WayOut = ({ way: { connector, label, leads, count }, editable }: { way: Way; editable: boolean }) => (
  <div className={classes.way} data-leads={leads || undefined}>
    <span className={classes.wayLabel}>{label}</span>
    {count !== undefined && !leads && (
      <span className={classes.wayCount}>
        <Count of={count} />
      </span>
    )}
    <Handle
      type="source"
      id={connector}
      position={Position.Right}
      className={classes.exit}
      isConnectable={editable}
    />
  </div>
);
