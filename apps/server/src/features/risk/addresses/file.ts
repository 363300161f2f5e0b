import { NETWORK_KINDS, type NetworkKind } from '@promosmith/core/risk';
import ipaddr from 'ipaddr.js';
import { type AddressRange, wholeOf } from './ranges.ts';

/** A line that is left out, and why. */
export interface Fault {
  /** From 1; null when it is of the file as a whole. */
  readonly line: number | null;
  readonly reason: string;
}

const COUNTRY = /^[A-Z]{2}$/;

/**
 * Reads lines of `cidr,kind,country`: a network, then a kind or nothing, then a country or nothing. A first line of names, empty
 * lines and those that begin with # are passed over.
 */
export function readRanges(text: string): { ranges: AddressRange[]; faults: Fault[] } {
  const ranges: AddressRange[] = [];
  const faults: Fault[] = [];
  for (const [n, raw] of text.split('\n').entries()) {
    const line = raw.trim();
    if (line === '' || line.startsWith('#') || (n === 0 && /^cidr\b/i.test(line))) continue;
    const read = readRange(line);
    if (typeof read === 'string') faults.push({ line: n + 1, reason: read });
    else ranges.push(read);
  }
  return { ranges, faults };
}

const isKind = (text: string): text is NetworkKind => (NETWORK_KINDS as readonly string[]).includes(text);

/** @returns what is wrong with the line, when something is. */
function readRange(line: string): AddressRange | string {
  const [cidr = '', kind = '', country = '', ...more] = line.split(',').map((cell) => cell.trim());
  if (more.length > 0) return 'has more than three columns';
  if (!ipaddr.isValidCIDR(cidr)) return `"${cidr.slice(0, 64)}" is no network such as 192.0.2.0/24`;
  const named = kind.toLowerCase();
  if (named !== '' && !isKind(named)) return `"${kind.slice(0, 32)}" is none of ${NETWORK_KINDS.join(', ')}`;
  const of = country.toUpperCase();
  if (of !== '' && !COUNTRY.test(of)) return `"${country.slice(0, 32)}" is no two-letter country code`;
  if (named === '' && of === '') return 'says neither a kind nor a country';
  return {
    ...boundsOf(cidr),
    kind: named !== '' && isKind(named) ? named : null,
    country: of === '' ? null : of,
  };
}

const V4_BITS = 32;
const V6_BITS = 128;

function boundsOf(cidr: string): Pick<AddressRange, 'first' | 'last' | 'family'> {
  const [address, bits] = ipaddr.parseCIDR(cidr);
  const [family, length] = address.kind() === 'ipv4' ? ([4, V4_BITS] as const) : ([6, V6_BITS] as const);
  const size = 1n << BigInt(length - bits);
  const number = wholeOf(address.toByteArray(), 8n);
  const first = number - (number % size);
  return { first, last: first + size - 1n, family };
}
