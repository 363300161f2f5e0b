import { isOfEverybody } from '@promosmith/core/risk';
import type { AddressRanges } from '../addresses/ranges.ts';
import type { Identifiers } from '../identifiers/keys.ts';

/**
 * What accounts are linked by: identifiers without the addresses of mobile networks and private relays, which everybody
 * has. They are left out here, for what is kept of an address no longer says which one it is, so nobody who reads links
 * could tell it from that of a home.
 */
export const tellingOf = (identifiers: Identifiers, ranges: Pick<AddressRanges, 'look'>): Identifiers => ({
  ...identifiers,
  identify: (brandId, kind, text) =>
    kind === 'address' && isOfEverybody(ranges.look(text.trim()))
      ? undefined
      : identifiers.identify(brandId, kind, text),
});
