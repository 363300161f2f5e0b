/** One measured number; the last two where there is something to compare with. */
export interface Figure {
  name: string;
  value: number;
  unit: string;
  baseline?: number;
  /** value ÷ baseline; where runs of both took turns, the median over the turns */
  ratio?: number;
  /** Lowest and highest of the repeats, when there were several: the value is their median. */
  spread?: readonly [number, number];
}

const DIGITS = 3;

const rounded = (value: number): number =>
  Math.abs(value) >= 100 ? Math.round(value) : Number(value.toPrecision(DIGITS));

export const compared = (figure: Omit<Figure, 'ratio'> & { baseline: number }): Figure => ({
  ...figure,
  ratio: figure.value / figure.baseline,
});

export const jsonLine = ({ name, value, unit, baseline, ratio }: Figure): string =>
  JSON.stringify({
    name,
    value: rounded(value),
    unit,
    ...(baseline === undefined ? {} : { baseline: rounded(baseline) }),
    ...(ratio === undefined ? {} : { ratio: rounded(ratio) }),
  });

const HEADINGS = ['figure', 'value', 'unit', 'baseline', 'ratio', 'lowest … highest of repeats'] as const;

export function table(figures: readonly Figure[]): string {
  const shown = (value: number | undefined): string =>
    value === undefined ? '' : rounded(value).toLocaleString('en');
  const rows = figures.map(({ name, value, unit, baseline, ratio, spread }) => [
    name,
    shown(value),
    unit,
    shown(baseline),
    shown(ratio),
    spread ? `${shown(spread[0])} … ${shown(spread[1])}` : '',
  ]);
  const lines = [[...HEADINGS], ...rows];
  const widths = HEADINGS.map((_, column) => Math.max(...lines.map((line) => line[column]?.length ?? 0)));
  const isNumber = (column: number): boolean => [1, 3, 4].includes(column);
  return lines
    .map((line) =>
      line
        .map((cell, column) =>
          isNumber(column) ? cell.padStart(widths[column] ?? 0) : cell.padEnd(widths[column] ?? 0),
        )
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

/** Median, lowest and highest. */
export function summary(values: readonly number[]): { value: number; spread: readonly [number, number] } {
  const sorted = values.toSorted((a, b) => a - b);
  const at = (index: number): number => sorted[index] ?? Number.NaN;
  return { value: at(sorted.length >> 1), spread: [at(0), at(sorted.length - 1)] };
}

/** One line about a run that has just ended, while the others are still to come. */
export const note = (text: string): void => console.error(`  ${text}`);
