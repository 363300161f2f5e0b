import { CustomEvent, PLATFORM_EVENTS, type PlatformEvent } from '@promosmith/contract';
import { ok, type Result, refuse } from '@promosmith/core';
import { type CurrencyTable, currencyErrors } from '@promosmith/core/money';
import type { z } from 'zod';
import { fieldErrors } from '../../platform/field-errors.ts';

const ERRORS_SHOWN = 10;
const LONGEST_SHOWN = 80;

const CUSTOM = 'custom.';

function schemaOf(type: unknown): z.ZodType<PlatformEvent> | undefined {
  if (typeof type !== 'string') return undefined;
  if (type.startsWith(CUSTOM)) return CustomEvent;
  return Object.hasOwn(PLATFORM_EVENTS, type)
    ? PLATFORM_EVENTS[type as keyof typeof PLATFORM_EVENTS]
    : undefined;
}

/**
 * Validates one item of a call by the schema of its type.
 * @param currencies those of the brand: an amount in another could never be paid, nor counted.
 */
export function screenEvent(item: unknown, currencies: CurrencyTable): Result<PlatformEvent> {
  const type = (item as { type?: unknown } | null)?.type;
  const schema = schemaOf(type);
  if (!schema) {
    const shown = JSON.stringify(type ?? null).slice(0, LONGEST_SHOWN);
    return refuse('unknown_event_type', `There is no event type ${shown}.`, [
      {
        field: 'type',
        reason: 'unknown',
        fix: `One of ${Object.keys(PLATFORM_EVENTS).join(', ')}, or ${CUSTOM}<name>.`,
      },
    ]);
  }
  const parsed = schema.safeParse(item);
  if (parsed.success) {
    const unknown = currencyErrors(currencies, 'data.currency', currencyOf(parsed.data));
    return unknown.length === 0
      ? ok(parsed.data)
      : refuse('unknown_currency', `data.currency: ${unknown[0]?.reason}`, unknown);
  }
  const errors = fieldErrors(parsed.error).slice(0, ERRORS_SHOWN);
  return refuse('invalid_event', `${errors[0]?.field || 'The event'}: ${errors[0]?.reason}`, errors);
}

/** What events of the platform's own types hold means nothing here. */
const currencyOf = ({ type, data }: PlatformEvent): string | null | undefined =>
  !type.startsWith(CUSTOM) && 'currency' in data ? (data.currency as string | null) : undefined;

/** The id an item claims, for its result. */
export function idOf(item: unknown): string | null {
  const id = (item as { id?: unknown } | null)?.id;
  return typeof id === 'string' ? id : null;
}
