import { timingSafeEqual } from 'node:crypto';
import { type FieldError, type Refusal, refuse } from '@promosmith/core';

/** Compares in constant time. @param given hexadecimal, as somebody sent it. */
export function isSameHex(given: unknown, expected: string): boolean {
  if (typeof given !== 'string') return false;
  const [one, other] = [Buffer.from(given.toLowerCase()), Buffer.from(expected.toLowerCase())];
  return one.length === other.length && timingSafeEqual(one, other);
}

export const SIGNATURE_INVALID: { readonly ok: false; readonly refusal: Refusal } = refuse(
  'signature_invalid',
  'The signature is not that of the provider over these bytes.',
);

/** A callback that is signed well, and is not what the shape says. @param errors by the provider's own names. */
export const unreadable = (
  errors: readonly FieldError[],
): { readonly ok: false; readonly refusal: Refusal } =>
  refuse('invalid_request', `${errors[0]?.field || 'The callback'}: ${errors[0]?.reason}`, errors);
