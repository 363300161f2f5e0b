import type { Outcome } from '../../../platform/outbound/attempt.ts';
import type { ProviderAnswer } from './shape.ts';

/** Statuses that ask to come back later, although they are below 500. */
const COME_BACK: ReadonlySet<number> = new Set([401, 403, 408, 409, 423, 425, 429]);

/**
 * What the status alone says of an order: taken, refused for good, or to be tried again. A wrong credential (401, 403)
 * is mended by people, so it is tried again.
 */
export function answerByStatus({ delivered, status, error, response }: Outcome): ProviderAnswer {
  if (delivered) return { kind: 'accepted' };
  const failed = error ?? `answered ${status}`;
  if (status === null || status < 400 || status >= 500 || COME_BACK.has(status))
    return { kind: 'failed', error: failed };
  return { kind: 'refused', reason: response ? `${failed}: ${response.slice(0, 200)}` : failed };
}

/** The fields of a JSON object; undefined when it is none. */
export function fieldsOf(text: string | null): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(text ?? '');
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : undefined;
  } catch {
    return undefined;
  }
}

/** A text or number among the fields, as text. */
export function textIn(
  fields: Readonly<Record<string, unknown>> | undefined,
  name: string,
): string | undefined {
  const value = fields?.[name];
  return typeof value === 'string' || typeof value === 'number' ? String(value) : undefined;
}
