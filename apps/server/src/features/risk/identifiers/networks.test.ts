import { expect, test } from 'vitest';
import { readNetwork } from './networks.ts';

test.each([
  ['203.0.113.0/24', '203.0.113.0/24'],
  [' 203.0.113.9/24 ', '203.0.113.0/24'],
  ['203.0.113.9/31', '203.0.113.8/31'],
  ['10.1.2.3/8', '10.0.0.0/8'],
  ['2001:DB8:1::/48', '2001:db8:1::/48'],
  ['2001:db8:1:2::9/63', '2001:db8:1:2::/63'],
  ['::ffff:203.0.113.9/120', '203.0.113.0/24'],
])('%s is the network %s', (text, network) => {
  expect(readNetwork(text)).toEqual({ network });
});

test.each([
  ['203.0.113.9/32', '203.0.113.9'],
  ['2001:db8::9/64', '2001:db8::9'],
  ['2001:db8::9/128', '2001:db8::9'],
  ['::ffff:203.0.113.9/128', '203.0.113.9'],
])('%s is the address %s', (text, address) => {
  expect(readNetwork(text)).toEqual({ address });
});

test.each([
  '203.0.113.0/33',
  '2001:db8::/129',
  '10/8',
  '1.2.3.4/',
  '/8',
  '1.2.3.4/8/8',
  'fe80::1%lo/32',
  'x/24',
  '1.2.3.4/-8',
])('%s is no network', (text) => {
  expect(readNetwork(text)).toEqual({ reason: 'is no network such as 203.0.113.0/24' });
});

test.each(['0.0.0.0/0', '203.0.0.0/7', '::/0', '2000::/15', '::ffff:0.0.0.0/96'])(
  '%s is too wide',
  (text) => {
    expect(readNetwork(text)).toEqual({ reason: 'is wider than /8 of IPv4, or /16 of IPv6' });
  },
);
