import type { Expression } from './expression.ts';
import { isList } from './types.ts';

const ORDERING = new Set(['<', '<=', '>', '>=']);

/** What to write instead when an operator has no signature for its operands' types. */
export function mismatchHint(parts: readonly Expression[], name = '=='): string | undefined {
  const types = new Set(parts.map((part) => part.type));
  const literal = parts.find((part) => part.constant !== undefined && !Array.isArray(part.constant));
  if (types.has('int') && types.has('double')) {
    return `Use whole numbers or decimals on both sides, or convert with double(…)${ORDERING.has(name) ? '' : '; < <= > >= compare them as they are'}.`;
  }
  if (types.has('string') && types.has('timestamp')) {
    return 'Write a time as timestamp("2026-01-31T18:00:00Z").';
  }
  if (types.has('int') && types.has('duration')) return 'Write a length of time as duration("24h").';
  if (types.has('string') && literal && literal.type !== 'string' && typeof literal.constant !== 'object') {
    return `Put text in quotes: "${literal.constant}".`;
  }
  if (types.has('string') && literal?.type === 'string' && (types.has('int') || types.has('double'))) {
    return 'Write the number without quotes.';
  }
  if (parts.some((part) => isList(part.type)) && name !== 'in')
    return 'Ask a list with in, size(), exists or all.';
  return undefined;
}
