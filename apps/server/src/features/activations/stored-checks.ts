import type { Check, RefusalKey } from '@promosmith/core/activation';

/**
 * A check as an activation keeps it: the name alone of one that passed and had nothing to look at, else
 * `[check, refusal key or null, saw, needs]` without what is missing at the end. Every activation keeps all of its
 * checks, so names of fields would be most of what is stored.
 */
export type StoredCheck = string | [check: string, key: RefusalKey | null, saw?: unknown, needs?: unknown];

export function storeCheck({ check, ok, saw, needs, ...failed }: Check): StoredCheck {
  const key = failed.key ?? null;
  if (needs !== undefined) return [check, key, saw, needs];
  if (saw !== undefined) return [check, key, saw];
  return ok ? check : [check, key];
}

export function readCheck(stored: StoredCheck): Check {
  if (typeof stored === 'string') return { check: stored, ok: true };
  const [check, key, saw, needs] = stored;
  return {
    check,
    ok: key === null,
    ...(key !== null && { key }),
    ...(stored.length > 2 && { saw }),
    ...(stored.length > 3 && { needs }),
  };
}
