import type { ReactNode } from 'react';
import classes from './facts.module.css';
import { Nothing } from './values.tsx';

/** A list of names and values; what is absent is said to be, not left out. */
export function Facts({ of }: { of: readonly (readonly [name: string, value: ReactNode])[] }) {
  return (
    <dl className={classes.facts}>
      {of.map(([name, value]) => (
        <div key={name} style={{ display: 'contents' }}>
          <dt>{name}</dt>
          <dd>
            {value === null || value === undefined || value === false || value === '' ? <Nothing /> : value}
          </dd>
        </div>
      ))}
    </dl>
  );
}
