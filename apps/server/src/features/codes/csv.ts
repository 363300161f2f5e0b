/**
 * CSV as spreadsheets read it (RFC 4180), made safe: a cell that begins with = + - @ would be run as a formula, so an
 * apostrophe goes before it. It also goes before one that had an apostrophe there already: reading takes exactly one off.
 */
const FORMULA = /^'*[=+\-@\t\r]/;
const GUARDED = /^'+[=+\-@\t\r]/;

export const guardCell = (cell: string): string => (FORMULA.test(cell) ? `'${cell}` : cell);
export const unguardCell = (cell: string): string => (GUARDED.test(cell) ? cell.slice(1) : cell);

const quoted = (cell: string): string => (/[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);

/** One line with its end. */
export const csvLine = (cells: readonly (string | number | null)[]): string =>
  `${cells.map((cell) => quoted(cell === null ? '' : guardCell(String(cell)))).join(',')}\r\n`;

/** A code as an export has it. */
export interface ExportedLine {
  text: string;
  kind: string;
  holder: string | null;
  maxUses: number | null;
  startsAt: Date | null;
  endsAt: Date | null;
  state: string;
  uses: number;
}

export const EXPORT_HEADER = csvLine([
  'code',
  'kind',
  'holder',
  'max_uses',
  'starts_at',
  'ends_at',
  'state',
  'uses',
]);

export const exportLine = ({
  text,
  kind,
  holder,
  maxUses,
  startsAt,
  endsAt,
  state,
  uses,
}: ExportedLine): string =>
  csvLine([
    text,
    kind,
    holder,
    maxUses,
    startsAt?.toISOString() ?? null,
    endsAt?.toISOString() ?? null,
    state,
    uses,
  ]);
