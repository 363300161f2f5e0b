interface Cell {
  readonly shareBps: number;
  /** Minor units; null where it is not known, and of what is no money. */
  readonly amount: number | null;
}

/**
 * How strong the colour of each cell is, from 0 to 1. Of money it is by player of the cohort, so that a large cohort does
 * not look like a good one; of shares the first week or month, in which nearly everybody is there, sets no measure.
 */
export function heatsOf(
  cohorts: readonly { readonly size: number; readonly cells: readonly Cell[] }[],
  measure: 'active' | 'deposited' | 'ngr',
): number[][] {
  const values = cohorts.map(({ size, cells }) =>
    cells.map(({ shareBps, amount }) => {
      if (measure === 'active') return shareBps;
      return size === 0 || amount === null ? 0 : Math.max(0, amount / size);
    }),
  );
  const later = values.flatMap((row) => (measure === 'active' ? row.slice(1) : row));
  const most = Math.max(1e-9, ...(later.length > 0 ? later : values.flat()));
  return values.map((row) => row.map((value) => Math.min(1, value / most)));
}
