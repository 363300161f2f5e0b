import { type BadLine, CodeKind, Instant, PlayerExternalId } from '@promosmith/contract';
import { normaliseCode } from '@promosmith/core/codes';
import { unguardCell } from '../../../platform/csv.ts';
import { shownText } from '../shown-text.ts';
import { cellsOf, decodeLine } from './cells.ts';
import type { Column, Header } from './header.ts';
import type { RawLine } from './lines.ts';

/** A code as a line of the file describes it. */
export interface ImportedCode {
  line: number;
  /** As it is looked up. */
  key: string;
  /** As it is shown. */
  text: string;
  kind: CodeKind;
  /** Platform id of the player. */
  holder: string | null;
  maxUses: number | null;
  /** ISO 8601. */
  startsAt: string | null;
  endsAt: string | null;
}

export type ReadLine =
  | { kind: 'blank' }
  | { kind: 'bad'; faults: BadLine[] }
  | { kind: 'good'; code: ImportedCode };

type Cells = Partial<Record<Column, string>>;
type Report = (field: string, reason: string) => void;

/** Reads one line. Every fault of it is told, not only the first. */
export function readLine(
  { number, bytes }: RawLine,
  { delimiter, columns }: Header,
  defaultKind: CodeKind,
): ReadLine {
  const faults: BadLine[] = [];
  const report: Report = (field, reason) => faults.push({ line: number, field, reason });
  const bad = (reason: string): ReadLine => ({
    kind: 'bad',
    faults: [{ line: number, field: 'line', reason }],
  });

  if (!bytes) return bad('is too long to hold a code');
  const text = decodeLine(bytes);
  if (!text.ok) return bad(text.refusal.message);
  if (text.value.trim() === '') return { kind: 'blank' };
  const read = cellsOf(text.value, delimiter);
  if (!read.ok) return bad(read.refusal.message);
  if (read.value.length !== columns.length)
    return bad(`has ${read.value.length} cells where the header has ${columns.length}`);

  const cells: Cells = {};
  for (const [at, column] of columns.entries())
    if (column) cells[column] = unguardCell(read.value[at] ?? '').trim();
  const code = codeOf(number, cells, defaultKind, report);
  return code && faults.length === 0 ? { kind: 'good', code } : { kind: 'bad', faults };
}

function codeOf(line: number, cells: Cells, defaultKind: CodeKind, report: Report): ImportedCode | undefined {
  const normalised = normaliseCode(cells.code ?? '');
  if (!normalised.ok) report('code', normalised.refusal.message);
  const kind = CodeKind.safeParse((cells.kind || defaultKind).toLowerCase());
  if (!kind.success) report('kind', 'is none of shared, unique and personal');
  if (!kind.data) return undefined;
  const holder = holderOf(cells.holder ?? '', kind.data, report);
  const maxUses = maxUsesOf(cells.max_uses ?? '', kind.data, report);
  const startsAt = instantOf('starts_at', cells.starts_at ?? '', report);
  const endsAt = instantOf('ends_at', cells.ends_at ?? '', report);
  if (startsAt && endsAt && Date.parse(endsAt) <= Date.parse(startsAt))
    report('ends_at', 'is not after starts_at');
  if (!normalised.ok) return undefined;
  const text = shownText(cells.code ?? '');
  return { line, key: normalised.value.literal, text, kind: kind.data, holder, maxUses, startsAt, endsAt };
}

function holderOf(cell: string, kind: CodeKind, report: Report): string | null {
  if (cell === '') {
    if (kind === 'personal') report('holder', 'is missing: a personal code belongs to a player');
    return null;
  }
  if (kind === 'shared') report('holder', 'a shared code is for everybody');
  if (!PlayerExternalId.safeParse(cell).success) report('holder', 'is no player id');
  return cell;
}

const MOST_USES = 1_000_000_000_000;

function maxUsesOf(cell: string, kind: CodeKind, report: Report): number | null {
  if (cell === '') return kind === 'shared' ? null : 1;
  const uses = /^\d{1,13}$/.test(cell) ? Number(cell) : 0;
  if (uses < 1 || uses > MOST_USES) report('max_uses', 'is not a whole number above zero');
  else if (kind === 'unique' && uses !== 1) report('max_uses', 'a unique code is used once');
  return uses;
}

function instantOf(field: string, cell: string, report: Report): string | null {
  if (cell === '') return null;
  if (!Instant.safeParse(cell).success) report(field, 'is no instant such as 2026-03-01T00:00:00Z');
  return cell;
}
