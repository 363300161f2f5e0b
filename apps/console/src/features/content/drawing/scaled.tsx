import { useElementSize } from '@mantine/hooks';
import type { ReactNode } from 'react';
import classes from './drawing.module.css';

interface Props {
  /** Pixels it is drawn at, before it is scaled to the width there is. */
  readonly width: number;
  readonly height: number;
  readonly children: ReactNode;
}

/** Something of a fixed size, as small as it has to be; never larger than it is. */
export function Scaled({ width, height, children }: Props) {
  const { ref, width: room } = useElementSize();
  const scale = room === 0 ? 0 : Math.min(1, (room + 1) / width);
  return (
    <div ref={ref} style={{ height: height * scale, overflow: 'hidden' }}>
      <div className={classes.scaled} style={{ width, height, transform: `scale(${scale})` }}>
        {children}
      </div>
    </div>
  );
}
