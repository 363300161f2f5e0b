import { useHotkeys } from '@mantine/hooks';

const ROW = 'main [data-first]';

function go(by: 1 | -1): void {
  const rows = [...document.querySelectorAll<HTMLElement>(ROW)];
  const { activeElement } = document;
  const here = activeElement instanceof HTMLElement ? rows.indexOf(activeElement) : -1;
  // From outside of the list either key leads to its first row.
  const next = here === -1 ? rows[0] : rows[here + by];
  next?.focus();
  next?.scrollIntoView({ block: 'nearest' });
}

/** J and K go down and up the rows of the page's list, and Enter opens the one they are at. */
export function useRowKeys(): void {
  useHotkeys([
    ['J', () => go(1)],
    ['K', () => go(-1)],
  ]);
}
