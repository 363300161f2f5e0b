import { CustomEvent, PLATFORM_EVENTS, type PlatformEvent } from '@promosmith/contract';
import { ok, type Result, refuse } from '@promosmith/core';
import type { z } from 'zod';

const DEEPEST = 10;
const MOST_VALUES = 2000;
const ERRORS_SHOWN = 10;

const CUSTOM = 'custom.';

function schemaOf(type: unknown): z.ZodType<PlatformEvent> | undefined {
  if (typeof type !== 'string') return undefined;
  if (type.startsWith(CUSTOM)) return CustomEvent;
  return Object.hasOwn(PLATFORM_EVENTS, type)
    ? PLATFORM_EVENTS[type as keyof typeof PLATFORM_EVENTS]
    : undefined;
}

/** Validates one item of a call by the schema of its type. */
export function screenEvent(item: unknown): Result<PlatformEvent> {
  const flaw = flawOf(item);
  if (flaw) return refuse('invalid_event', `The event ${flaw}.`);
  const type = (item as { type?: unknown } | null)?.type;
  const schema = schemaOf(type);
  if (!schema) {
    return refuse('unknown_event_type', `There is no event type ${JSON.stringify(type ?? null)}.`, [
      {
        field: 'type',
        reason: 'unknown',
        fix: `One of ${Object.keys(PLATFORM_EVENTS).join(', ')}, or ${CUSTOM}<name>.`,
      },
    ]);
  }
  const parsed = schema.safeParse(item);
  if (parsed.success) return ok(parsed.data);
  const errors = parsed.error.issues
    .slice(0, ERRORS_SHOWN)
    .map((issue) => ({ field: issue.path.map(String).join('.'), reason: issue.message }));
  return refuse('invalid_event', `${errors[0]?.field || 'The event'}: ${errors[0]?.reason}`, errors);
}

/** The id an item claims, for its result. */
export function idOf(item: unknown): string | null {
  const id = (item as { id?: unknown } | null)?.id;
  return typeof id === 'string' ? id : null;
}

/**
 * What schemas do not see in free data: how deep and how large it is. Not recursive, because the depth is what is in
 * question.
 */
function flawOf(item: unknown): string | undefined {
  const left: { value: unknown; depth: number }[] = [{ value: item, depth: 0 }];
  let values = 0;
  for (let next = left.pop(); next; next = left.pop()) {
    if (++values > MOST_VALUES) return `holds more than ${MOST_VALUES} values`;
    if (typeof next.value !== 'object' || next.value === null) continue;
    if (next.depth === DEEPEST) return `is nested deeper than ${DEEPEST}`;
    for (const value of Object.values(next.value)) left.push({ value, depth: next.depth + 1 });
  }
  return undefined;
}
