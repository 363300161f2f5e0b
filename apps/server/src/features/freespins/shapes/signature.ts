import { timingSafeEqual } from 'node:crypto';
import { type Refusal, refuse } from '@promosmith/core';

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

export const unreadable = (reason: string): { readonly ok: false; readonly refusal: Refusal } =>
  refuse('invalid_request', `The callback cannot be read: ${reason}`);
