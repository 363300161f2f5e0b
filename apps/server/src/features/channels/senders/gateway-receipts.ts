import type { GatewayReceipts } from '@promosmith/contract';
import type { Receipt } from './sender.ts';

/** Receipts of one call that are looked at: gateways that collect them send a few hundred. */
export const MOST_AT_ONCE = 1000;

/**
 * What a gateway tells of messages, by the names that its connection says. A status that is no last word is left out, and
 * so is what names no message.
 * @param body JSON, or a form.
 * @returns undefined for what is neither, or is too much.
 */
export function receiptsOf(names: GatewayReceipts, contentType: string, body: string): Receipt[] | undefined {
  const told = contentType.startsWith('application/json') ? parse(body) : formOf(body);
  const items = names.items === null ? told : at(told, names.items);
  const each = Array.isArray(items) ? items : [items];
  if (told === undefined || each.length > MOST_AT_ONCE) return undefined;
  return each.flatMap((item) => receiptOf(names, item) ?? []);
}

function receiptOf(names: GatewayReceipts, item: unknown): Receipt | undefined {
  const reference = textAt(item, names.reference);
  const status = textAt(item, names.status);
  if (reference === undefined || status === undefined) return undefined;
  const isOneOf = (words: readonly string[]): boolean =>
    words.some((word) => word.toLowerCase() === status.toLowerCase());
  if (isOneOf(names.delivered)) return { reference, outcome: 'delivered', reason: null };
  if (!isOneOf(names.failed)) return undefined;
  const why = names.reason === null ? undefined : textAt(item, names.reason);
  return {
    reference,
    outcome: 'failed',
    reason: (why ? `${status}: ${why}` : status).slice(0, LONGEST_REASON),
  };
}

const LONGEST_REASON = 500;

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const formOf = (text: string): unknown => Object.fromEntries(new URLSearchParams(text));

/** @param path names with dots between them. */
function at(value: unknown, path: string): unknown {
  return path.split('.').reduce<unknown>((inside, name) => {
    const isThere = typeof inside === 'object' && inside !== null && Object.hasOwn(inside, name);
    return isThere ? (inside as Record<string, unknown>)[name] : undefined;
  }, value);
}

function textAt(value: unknown, path: string): string | undefined {
  const found = at(value, path);
  return typeof found === 'string' || typeof found === 'number' ? String(found) : undefined;
}
