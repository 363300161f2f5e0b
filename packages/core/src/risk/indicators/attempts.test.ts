import { describe, expect, test } from 'vitest';
import { findInAttempt } from '../assess.ts';
import type { IndicatorName } from '../indicator.ts';
import type { AddressKnown, RiskKnown } from '../known.ts';
import { attemptKnown } from '../testing.ts';

const at = (address: Partial<AddressKnown>): Partial<RiskKnown> => ({
  address: { others: 0, kinds: [], country: 'DE', ...address },
});

type Row = [title: string, known: Partial<RiskKnown>, evidence: Record<string, unknown> | null];

/** Each boundary on both sides. */
const TABLES: Partial<Record<IndicatorName, Row[]>> = {
  device_shared: [
    ['no device was told', { device: null }, null],
    ['its own alone', { device: { others: 0 } }, null],
    ['one other', { device: { others: 1 } }, { others: 1 }],
    ['a hundred others', { device: { others: 100 } }, { others: 100 }],
  ],
  ip_shared: [
    ['no address was told', { address: null }, null],
    ['nobody else', at({ others: 0 }), null],
    ['one other', at({ others: 1 }), { others: 1 }],
    ['as many as a place has', at({ others: 50 }), { others: 50 }],
    ['one more: a network', at({ others: 51 }), null],
    ['a mobile network', at({ others: 5, kinds: ['mobile'] }), null],
    ['a private relay', at({ others: 5, kinds: ['relay'] }), null],
    ['a VPN', at({ others: 5, kinds: ['vpn'] }), { others: 5 }],
  ],
  ip_datacenter: [
    ['no address was told', { address: null }, null],
    ['a home', at({}), null],
    ['a data centre', at({ kinds: ['datacenter'] }), { network: 'datacenter' }],
    ['a private relay in one', at({ kinds: ['datacenter', 'relay'] }), null],
  ],
  ip_vpn: [
    ['a home', at({}), null],
    ['a VPN', at({ kinds: ['vpn'] }), { network: 'vpn' }],
    ['a private relay that is listed as one', at({ kinds: ['relay', 'vpn'] }), null],
    ['a mobile network that is listed as one', at({ kinds: ['mobile', 'vpn'] }), null],
  ],
  ip_tor: [
    ['a home', at({}), null],
    ['an exit', at({ kinds: ['tor'] }), { network: 'tor' }],
    ['a VPN', at({ kinds: ['vpn'] }), null],
  ],
  geo_mismatch: [
    ['the same country', at({ country: 'DE' }), null],
    ['another', at({ country: 'AT' }), { address: 'AT', player: 'DE' }],
    ['no country of the address', at({ country: null }), null],
    ['no country of the player', { ...at({ country: 'AT' }), country: null }, null],
    ['no address', { address: null }, null],
    ['through a VPN', at({ country: 'AT', kinds: ['vpn'] }), null],
    ['through Tor', at({ country: 'AT', kinds: ['tor'] }), null],
    ['through a private relay', at({ country: 'AT', kinds: ['relay'] }), null],
    ['of a data centre', at({ country: 'AT', kinds: ['datacenter'] }), { address: 'AT', player: 'DE' }],
    ['of a mobile network', at({ country: 'AT', kinds: ['mobile'] }), { address: 'AT', player: 'DE' }],
  ],
  code_guessing: [
    ['never', {}, null],
    ['four unknown codes', { guessing: { misses: 4, lockouts: 0 } }, null],
    ['five', { guessing: { misses: 5, lockouts: 0 } }, { misses: 5, lockouts: 0 }],
    ['locked out lately', { guessing: { misses: 0, lockouts: 1 } }, { misses: 0, lockouts: 1 }],
  ],
  claim_right_after_registration: [
    ['nobody knows when', { registeredAgo: null }, null],
    ['at once', { registeredAgo: 0 }, { seconds: 0 }],
    ['by a clock that is behind', { registeredAgo: -2_000 }, { seconds: 0 }],
    ['a moment before five minutes', { registeredAgo: 299_999 }, { seconds: 299 }],
    ['after five minutes', { registeredAgo: 300_000 }, null],
    ['as a part of the registration', { registeredAgo: 0, channel: 'registration' }, null],
  ],
};

describe.each(Object.entries(TABLES))('%s', (indicator, rows) => {
  test.each(rows)('%s', (_, known, evidence) => {
    const found = findInAttempt(attemptKnown(known)).find((finding) => finding.indicator === indicator);
    expect(found?.evidence ?? null).toEqual(evidence);
  });
});

test('of whom nothing speaks against, nothing is found', () => {
  expect(findInAttempt(attemptKnown())).toEqual([]);
});
