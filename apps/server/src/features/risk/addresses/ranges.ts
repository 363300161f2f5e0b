import type { NetworkKind } from '@promosmith/core/risk';
import ipaddr from 'ipaddr.js';

/** What a file of ranges says of an address. */
export interface AddressFacts {
  readonly kinds: readonly NetworkKind[];
  /** ISO 3166-1 alpha-2. */
  readonly country: string | null;
}

export interface AddressRanges {
  /** Of what is no address, and of one that is in no range, nothing. */
  look(ip: string): AddressFacts;
}

/** A line of the file. */
export interface AddressRange {
  /** First and last address, as whole numbers of its family. */
  readonly first: bigint;
  readonly last: bigint;
  readonly family: 4 | 6;
  readonly kind: NetworkKind | null;
  readonly country: string | null;
}

const UNKNOWN: AddressFacts = { kinds: [], country: null };

/** Of which no two overlap: every stretch of addresses that are in the same ranges. */
interface Stretches {
  /** First addresses, ascending; a stretch ends where the next begins. */
  readonly starts: BigUint64Array | Uint32Array;
  /** Places in `facts`, one for each start. */
  readonly facts: Uint32Array;
}

/** IPv6 is looked up by its upper half: a range within a /64 says it of all of it. */
const LOWER_BITS = 64n;
const LAST_V4 = 2n ** 32n - 1n;
const LAST_V6 = 2n ** 64n - 1n;

/**
 * Ranges made ready for look-ups by halving: nested ranges are cut into stretches, of which each says all that is said of
 * its addresses. Where ranges name different countries, the narrowest is believed. Takes 8 bytes for a stretch of IPv4 and 12 for one of IPv6.
 */
export function indexRanges(ranges: readonly AddressRange[]): AddressRanges {
  const facts: AddressFacts[] = [UNKNOWN];
  const places = new Map<string, number>([[nameOf(UNKNOWN), 0]]);
  const placeOf = (found: AddressFacts): number => {
    const name = nameOf(found);
    const known = places.get(name);
    if (known !== undefined) return known;
    places.set(name, facts.length);
    return facts.push(found) - 1;
  };
  const v4 = cut(
    ranges.filter(({ family }) => family === 4),
    LAST_V4,
    placeOf,
  );
  const v6 = cut(
    ranges.flatMap((range) =>
      range.family === 6
        ? [{ ...range, first: range.first >> LOWER_BITS, last: range.last >> LOWER_BITS }]
        : [],
    ),
    LAST_V6,
    placeOf,
  );
  const stretches4: Stretches = {
    starts: Uint32Array.from(v4.starts, Number),
    facts: Uint32Array.from(v4.facts),
  };
  const stretches6: Stretches = { starts: BigUint64Array.from(v6.starts), facts: Uint32Array.from(v6.facts) };

  return {
    look(ip) {
      const number = numberOf(ip);
      if (number === undefined) return UNKNOWN;
      const { starts, facts: at } = typeof number === 'number' ? stretches4 : stretches6;
      return facts[at[lastNotAbove(starts, number)] ?? 0] ?? UNKNOWN;
    },
  };
}

const nameOf = ({ kinds, country }: AddressFacts): string => `${[...kinds].sort().join(' ')}/${country}`;

/** Place of the last start that is not above the number; -1 when all are. */
function lastNotAbove(starts: ArrayLike<number | bigint>, number: number | bigint): number {
  let low = 0;
  let high = starts.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((starts[middle] ?? 0) <= number) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

/** Goes along the addresses and keeps which ranges are open: a stretch begins wherever that changes. */
function cut(
  ranges: readonly AddressRange[],
  lastAddress: bigint,
  placeOf: (found: AddressFacts) => number,
): { starts: bigint[]; facts: number[] } {
  const turns = ranges.flatMap((range) => [
    { at: range.first, range, opens: true },
    { at: range.last + 1n, range, opens: false },
  ]);
  turns.sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
  const open = new Set<AddressRange>();
  const starts: bigint[] = [];
  const facts: number[] = [];
  for (let n = 0; n < turns.length; n++) {
    const { at, range, opens } = turns[n] ?? { at: 0n, range: undefined, opens: false };
    if (range && opens) open.add(range);
    else if (range) open.delete(range);
    if (turns[n + 1]?.at === at || at > lastAddress) continue;
    const place = placeOf(said(open));
    if (facts.at(-1) === place) continue;
    starts.push(at);
    facts.push(place);
  }
  return { starts, facts };
}

/** What open ranges say together. */
function said(open: ReadonlySet<AddressRange>): AddressFacts {
  const kinds = new Set<NetworkKind>();
  let country: string | null = null;
  let narrowest: bigint | undefined;
  for (const range of open) {
    if (range.kind !== null) kinds.add(range.kind);
    const width = range.last - range.first;
    if (range.country === null || (narrowest !== undefined && width >= narrowest)) continue;
    narrowest = width;
    country = range.country;
  }
  return { kinds: [...kinds].sort(), country };
}

const SPELT_V4 = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/;

/** Of IPv4 a number, of IPv6 its upper half; undefined when it is no address. */
function numberOf(ip: string): number | bigint | undefined {
  const v4 = SPELT_V4.exec(ip);
  if (v4) {
    const [a = 0, b = 0, c = 0, d = 0] = v4.slice(1).map(Number);
    return Math.max(a, b, c, d) > 255 ? undefined : ((a * 256 + b) * 256 + c) * 256 + d;
  }
  if (!ipaddr.IPv6.isValid(ip)) return undefined;
  const address = ipaddr.IPv6.parse(ip);
  if (address.isIPv4MappedAddress()) return numberOf(address.toIPv4Address().toString());
  return wholeOf(address.parts.slice(0, 4), 16n);
}

/** A number of its digits, the highest first. */
export const wholeOf = (digits: readonly number[], bits: bigint): bigint =>
  digits.reduce((sum, digit) => (sum << bits) | BigInt(digit), 0n);
