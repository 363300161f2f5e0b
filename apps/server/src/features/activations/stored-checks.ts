import type { Check, RefusalKey } from '@promosmith/core/activation';

/**
 * Checks as an activation keeps them. Names, and which check came out how, are the same for nearly all activations of an
 * offer: they are the outline, which is stored once. What was seen is stored with each activation. A line of an outline is
 *
 * - `rate_limit`: passed, nothing was looked at;
 * - `code.state =`: passed, and saw one value;
 * - `audience.rule = player.age player.country`: passed, and saw an object with these fields, one value each;
 * - `limit.player !player_quantity_exceeded`: refused with the key. Its one value is `[saw, needs]`, without what is
 *   missing at the end.
 */
export interface StoredChecks {
  readonly outline: string;
  readonly seen: readonly unknown[];
}

/** One check of an outline. */
interface Line extends Pick<Check, 'check' | 'ok' | 'key'> {
  readonly text: string;
  /** What was seen: nothing, one value, or an object with these fields. Of a refusal, all it tells is one value. */
  readonly sees: 'nothing' | 'value' | readonly string[];
}

/** An outline as a list of checks is compared with it. */
export interface Outline {
  readonly text: string;
  readonly lines: readonly Line[];
}

/**
 * @param like the outline the checks most likely have, which is found out for less than it takes to write it anew.
 */
export function storeChecks(
  checks: readonly Check[],
  like?: Outline,
): { outline: Outline; seen: readonly unknown[] } {
  const seen = like && seenAlong(like, checks);
  return seen ? { outline: like, seen } : storeAnew(checks);
}

function storeAnew(checks: readonly Check[]): { outline: Outline; seen: readonly unknown[] } {
  const lines = checks.map(lineOf);
  const outline = { text: lines.map(({ text }) => text).join('\n'), lines };
  const seen = seenAlong(outline, checks);
  if (!seen) throw new Error(`the checks do not fit their own outline: ${outline.text}`);
  return { outline, seen };
}

function lineOf({ check, ok, key, saw }: Check): Line {
  if (!ok) return { check, ok, key, text: `${check} !${key ?? ''}`, sees: 'value' };
  if (saw === undefined) return { check, ok, key, text: check, sees: 'nothing' };
  const sees = hasFields(saw) ? Object.keys(saw) : 'value';
  return { check, ok, key, text: [check, '=', ...(sees === 'value' ? [] : sees)].join(' '), sees };
}

/** @returns what the checks saw; undefined when this is not their outline. */
function seenAlong({ lines }: Outline, checks: readonly Check[]): unknown[] | undefined {
  const seen: unknown[] = [];
  const fits = (line: Line, index: number): boolean => {
    const check = checks[index];
    return check !== undefined && addSeen(line, check, seen);
  };
  return lines.length === checks.length && lines.every(fits) ? seen : undefined;
}

/** Adds what the check saw, unless the line is another's: then false. */
function addSeen(line: Line, { check, ok, key, saw, needs }: Check, seen: unknown[]): boolean {
  if (check !== line.check || ok !== line.ok || key !== line.key) return false;
  if (!ok) seen.push(needs !== undefined ? [saw, needs] : saw !== undefined ? [saw] : []);
  else if (saw === undefined) return line.sees === 'nothing';
  else if (line.sees === 'value' && !hasFields(saw)) seen.push(saw);
  else return typeof line.sees === 'object' && addFields(line.sees, saw, seen);
  return true;
}

function addFields(fields: readonly string[], saw: unknown, seen: unknown[]): boolean {
  if (!isRecord(saw)) return false;
  let count = 0;
  for (const field in saw) {
    if (field !== fields[count] || saw[field] === undefined) return false;
    seen.push(saw[field]);
    count++;
  }
  return count === fields.length;
}

export function readChecks({ outline, seen }: StoredChecks): Check[] {
  const values = seen.values();
  const next = (): unknown => values.next().value;
  return outline.split('\n').map((line): Check => {
    const [check = '', mark, ...fields] = line.split(' ');
    if (mark === undefined) return { check, ok: true };
    if (mark !== '=') return refusal(check, mark.slice(1), next() as readonly unknown[]);
    const saw = fields.length > 0 ? Object.fromEntries(fields.map((field) => [field, next()])) : next();
    return { check, ok: true, saw };
  });
}

function refusal(check: string, key: string, told: readonly unknown[]): Check {
  const [saw, needs] = told;
  return {
    check,
    ok: false,
    ...(key !== '' && { key: key as RefusalKey }),
    ...(told.length > 0 && { saw }),
    ...(told.length > 1 && { needs }),
  };
}

const FIELD = /^[\w.]+$/;

/** Whether the value can be told field by field: facts a rule read, and the like. */
function hasFields(saw: unknown): saw is Record<string, unknown> {
  if (!isRecord(saw)) return false;
  let fields = 0;
  for (const [field, value] of Object.entries(saw)) {
    if (value === undefined || !FIELD.test(field)) return false;
    fields++;
  }
  return fields > 0;
}

const isRecord = (saw: unknown): saw is Record<string, unknown> =>
  typeof saw === 'object' && saw !== null && !Array.isArray(saw);
