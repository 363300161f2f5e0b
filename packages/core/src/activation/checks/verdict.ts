import type { RefusalKey } from '../refusal-keys.ts';
import type { Check, Millis } from '../types.ts';

export const iso = (at: Millis): string => new Date(at).toISOString();

/** A check that came out one way or the other. What it would need is only said of one that failed. */
export function verdict(check: string, ok: boolean, key: RefusalKey, saw?: unknown, needs?: unknown): Check {
  if (ok) return saw === undefined ? { check, ok } : { check, ok, saw };
  return { check, ok, key, saw: saw ?? null, needs };
}
