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

export function storeChecks(checks: readonly Check[]): StoredChecks {
  const seen: unknown[] = [];
  let outline = '';
  for (const { check, ok, key = '', saw, needs } of checks) {
    outline += outline === '' ? check : `\n${check}`;
    if (!ok) {
      outline += ` !${key}`;
      seen.push(needs !== undefined ? [saw, needs] : saw !== undefined ? [saw] : []);
    } else if (hasFields(saw)) {
      outline += ' =';
      for (const field in saw) {
        outline += ` ${field}`;
        seen.push(saw[field]);
      }
    } else if (saw !== undefined) {
      outline += ' =';
      seen.push(saw);
    }
  }
  return { outline, seen };
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
  if (typeof saw !== 'object' || saw === null || Array.isArray(saw)) return false;
  let fields = 0;
  for (const [field, value] of Object.entries(saw)) {
    if (value === undefined || !FIELD.test(field)) return false;
    fields++;
  }
  return fields > 0;
}
