import type { Expression } from '../expression.ts';
import { isList } from '../types.ts';

/** What to write instead when an operator has no signature for its operands' types. */
export function mismatchHint(parts: readonly Expression[], name?: string): string | undefined {
  const types = new Set(parts.map((part) => part.type));
  const literal = parts.find((part) => part.constant !== undefined && !Array.isArray(part.constant));
  if (types.has('int') && types.has('double')) {
    const asTheyAre = name === '==' || name === '!=' ? '; < <= > >= compare them as they are' : '';
    return `Use whole numbers or decimals on both sides, or convert with double(…)${asTheyAre}.`;
  }
  if (types.has('string') && types.has('timestamp')) {
    return 'Write a time as timestamp("2026-01-31T18:00:00Z").';
  }
  if (types.has('int') && types.has('duration')) return 'Write a length of time as duration("24h").';
  if (types.has('string') && literal && literal.type !== 'string' && typeof literal.constant !== 'object') {
    return `Put text in quotes: "${literal.constant}".`;
  }
  if (/^-?\d+(\.\d+)?$/.test(`${literal?.constant}`) && (types.has('int') || types.has('double'))) {
    return 'Write the number without quotes.';
  }
  if (parts.some((part) => isList(part.type))) return 'Ask a list with in, size(), exists or all.';
  return undefined;
}
