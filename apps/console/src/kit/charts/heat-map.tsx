import { ScrollArea } from '@mantine/core';
import type { ReactNode } from 'react';
import classes from './charts.module.css';

export interface HeatRow {
  readonly key: string;
  readonly name: ReactNode;
  readonly size: ReactNode;
  readonly cells: readonly {
    /** From 0 to 1: how strong its colour is. */
    readonly heat: number;
    readonly text: string;
    /** What it says when pointed at. */
    readonly title: string;
    /** Its number still grows. */
    readonly isOpen: boolean;
  }[];
}

interface Props {
  readonly label: string;
  readonly nameOfRows: string;
  readonly nameOfSizes: string;
  /** One for each column of numbers. */
  readonly columns: readonly string[];
  readonly rows: readonly HeatRow[];
}

/** The text on the strongest colour is still well read, on white as on black. */
const STRONGEST = 55;

/** Numbers over two things, the larger the stronger: a table, for who sees it and for who does not. */
export function HeatMap({ label, nameOfRows, nameOfSizes, columns, rows }: Props) {
  return (
    <ScrollArea type="auto" tabIndex={0} aria-label={label} role="region">
      <table className={classes.heat} aria-label={label}>
        <thead>
          <tr>
            <th scope="col">{nameOfRows}</th>
            <th scope="col">{nameOfSizes}</th>
            {columns.map((name) => (
              <th key={name} scope="col">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ key, name, size, cells }) => (
            <tr key={key}>
              <th scope="row">{name}</th>
              <th>{size}</th>
              {cells.map(({ heat, text, title, isOpen }, index) => (
                <td
                  key={columns[index]}
                  title={title}
                  data-open={isOpen || undefined}
                  style={{
                    background: `color-mix(in srgb, var(--mantine-color-iris-5) ${Math.round(heat * STRONGEST)}%, transparent)`,
                  }}
                >
                  {text}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollArea>
  );
}
