import { lookUpForms, maskCode, type NormalisedCode, normaliseCode } from '@promosmith/core/codes';
import type { Secrets } from '../../platform/secrets.ts';
import { codeKey } from '../codes/index.ts';

/** A code as it was typed, understood. */
export interface TypedCode {
  /** null when it can't be a code at all. */
  readonly typed: NormalisedCode | null;
  /** Keys of what it may mean, the likeliest first; none when it can't be a code at all. */
  readonly codeKeys: readonly string[];
  /** As staff may see it. */
  readonly masked: string;
}

const MAX_SHOWN = 128;
const MOST_KEPT = 1_000;

/**
 * Understands typed codes. The latest are remembered, because everybody types the same hot code, and working out its
 * keys costs as much as deciding on it.
 */
export function createCodeReader(secrets: Secrets): (brandId: string, typed: string) => TypedCode {
  const kept = new Map<string, TypedCode>();
  return (brandId, typed) => {
    const key = `${brandId} ${typed}`;
    const found = kept.get(key);
    if (found) return found;
    const code = read(secrets, brandId, typed);
    const oldest = kept.size >= MOST_KEPT ? kept.keys().next().value : undefined;
    if (oldest !== undefined) kept.delete(oldest);
    kept.set(key, code);
    return code;
  };
}

function read(secrets: Secrets, brandId: string, text: string): TypedCode {
  const normalised = normaliseCode(text);
  const typed = normalised.ok ? normalised.value : null;
  return {
    typed,
    codeKeys: typed ? lookUpForms(typed).map((form) => codeKey(secrets, brandId, form)) : [],
    masked: maskCode(text.slice(0, MAX_SHOWN)),
  };
}
