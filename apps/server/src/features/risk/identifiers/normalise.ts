import { isIP } from 'node:net';
import { canonicalEmail } from '@promosmith/core/risk';
import { networkOf } from '../../../platform/network-of.ts';

/** What accounts can have in common. `address` is that of a network: of IPv6 its /64. */
export const IDENTIFIER_KINDS = ['device', 'address', 'email', 'phone', 'payment', 'household'] as const;
export type IdentifierKind = (typeof IDENTIFIER_KINDS)[number];

/** Those that people behind several accounts have in common; homes and networks have too many people. */
export const PERSONAL_KINDS: readonly IdentifierKind[] = ['device', 'email', 'phone', 'payment'];

const FEWEST_DIGITS = 6;
const SHOWN = 4;

const PLAIN = (text: string): string | undefined => text.trim() || undefined;

const NORMALISE: Readonly<Record<IdentifierKind, (text: string) => string | undefined>> = {
  device: PLAIN,
  address: (text) => (isIP(text.trim()) === 0 ? undefined : networkOf(text.trim().toLowerCase())),
  email: canonicalEmail,
  phone: canonicalPhone,
  payment: PLAIN,
  household: PLAIN,
};

/** One spelling of a value; undefined when it is none of its kind. */
export const normalise = (kind: IdentifierKind, text: string): string | undefined => NORMALISE[kind](text);

/** Digits, and a + before them when the number is international; `00` is a +. */
function canonicalPhone(text: string): string | undefined {
  const international = /^\s*(\+|00)/.test(text);
  const digits = text.replace(/\D/g, '').replace(/^00/, '');
  if (digits.length < FEWEST_DIGITS) return undefined;
  return international ? `+${digits}` : digits;
}

const lastOf = (text: string): string => `…${text.slice(-Math.min(SHOWN, Math.floor(text.length / 2)))}`;

const HINT: Readonly<Record<IdentifierKind, (value: string) => string>> = {
  device: lastOf,
  address: (value) => {
    const mark = value.includes(':') ? ':' : '.';
    return `${value.split(mark).slice(0, 2).join(mark)}${mark}…`;
  },
  email: (value) => {
    const at = value.lastIndexOf('@');
    return `${value.slice(0, 1)}…${value.slice(at)}`;
  },
  phone: lastOf,
  payment: lastOf,
  household: lastOf,
};

/** As much of a normalised value as staff may see. */
export const hintOf = (kind: IdentifierKind, value: string): string => HINT[kind](value);
