/**
 * CSV as spreadsheets read it (RFC 4180), made safe: a cell that begins with = + - @ would be run as a formula, so an
 * apostrophe goes before it. It also goes before one that had an apostrophe there already: reading takes exactly one off.
 */
const FORMULA = /^'*[=+\-@\t\r]/;
const GUARDED = /^'+[=+\-@\t\r]/;

export const guardCell = (cell: string): string => (FORMULA.test(cell) ? `'${cell}` : cell);
export const unguardCell = (cell: string): string => (GUARDED.test(cell) ? cell.slice(1) : cell);

/** One line with its end. Numbers are never formulas. */
export const csvLine = (cells: readonly (string | number | null)[]): string =>
  `${cells.map((cell) => quoted(textOf(cell))).join(',')}\r\n`;

const textOf = (cell: string | number | null): string =>
  typeof cell === 'string' ? guardCell(cell) : String(cell ?? '');

const quoted = (cell: string): string => (/[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);
