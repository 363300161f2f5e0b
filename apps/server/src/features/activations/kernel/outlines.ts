import { hash } from 'node:crypto';
import { texts, uuids } from '../../../platform/arrays.ts';
import type { Queryable } from '../../../platform/db.ts';
import { type Outline, storeChecks } from '../stored-checks.ts';
import type { Decided } from './decided.ts';

/** The checks of a batch, ready to be written; by index. */
export interface OutlinedChecks {
  readonly outlineIds: readonly string[];
  /** JSON. */
  readonly seen: readonly string[];
  /** Outlines that may not be written down yet, by their text. */
  readonly fresh: ReadonlyMap<string, string>;
}

/** Outlines of checks, each written once and then named by its id. */
export interface Outlines {
  take(decided: readonly Decided[]): OutlinedChecks;
  /** Tells that a batch has been committed: its outlines need not be written again. */
  keep(written: OutlinedChecks): void;
}

const MOST_KEPT = 1_000;

export function createOutlines(): Outlines {
  const kept = new Map<string, string>();
  return {
    take(decided) {
      const outlineIds: string[] = [];
      const seen: string[] = [];
      const fresh = new Map<string, string>();
      let last: Outline | undefined;
      let id = '';
      for (const { answer } of decided) {
        const checks = storeChecks(answer.checks, last);
        if (checks.outline !== last) {
          last = checks.outline;
          id = kept.get(last.text) ?? outlineId(last.text);
          if (!kept.has(last.text)) fresh.set(last.text, id);
        }
        outlineIds.push(id);
        seen.push(JSON.stringify(checks.seen));
      }
      return { outlineIds, seen, fresh };
    },
    keep({ fresh }) {
      if (kept.size + fresh.size > MOST_KEPT) kept.clear();
      for (const [outline, id] of fresh) kept.set(outline, id);
    },
  };
}

/** The first half of its SHA-256: whoever writes it down gives it the same id. */
function outlineId(outline: string): string {
  const hex = hash('sha256', outline, 'hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20, 32)}`;
}

/** Writes down outlines that are not there yet, in key order; before the activations that name them. */
export async function saveOutlines(connection: Queryable, { fresh }: OutlinedChecks): Promise<void> {
  if (fresh.size === 0) return;
  const rows = [...fresh].sort(([, a], [, b]) => (a < b ? -1 : 1));
  await connection.query({
    name: 'check_outlines.insert',
    text: `insert into check_outlines (outline_id, outline)
      select unnest($1::uuid[]), unnest($2::text[]) on conflict do nothing`,
    values: [uuids(rows.map(([, id]) => id)), texts(rows.map(([outline]) => outline))],
  });
}

/** An expression: the outline of a row of activations, under its name or alias. */
export const outlineOf = (activation: string): string =>
  `(select o.outline from check_outlines o where o.outline_id = ${activation}.outline_id)`;
