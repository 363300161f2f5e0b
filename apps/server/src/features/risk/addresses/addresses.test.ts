import { mkdtemp, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readRanges } from './file.ts';
import { keepRanges } from './index.ts';
import { type AddressRange, indexRanges } from './ranges.ts';

const NOTHING = { kinds: [], country: null };

const lookIn = (text: string) => indexRanges(readRanges(text).ranges);

describe('a file of ranges', () => {
  const ranges = lookIn(`cidr,kind,country
# networks of the world
10.0.0.0/8,,NL
10.1.0.0/16,vpn,DE
10.1.2.0/24,datacenter,
10.1.2.3/32,tor,AT
0.0.0.0/8,mobile,
255.255.255.255/32,relay,US
2001:db8::/32,datacenter,fr
2001:db8:1::/48,RELAY,
2001:db8:2:3:4::/80,vpn,`);

  test.each([
    ['9.255.255.255', NOTHING],
    ['10.0.0.0', { kinds: [], country: 'NL' }],
    ['10.0.255.255', { kinds: [], country: 'NL' }],
    ['10.1.0.0', { kinds: ['vpn'], country: 'DE' }],
    ['10.1.2.2', { kinds: ['datacenter', 'vpn'], country: 'DE' }],
    ['10.1.2.3', { kinds: ['datacenter', 'tor', 'vpn'], country: 'AT' }],
    ['10.1.2.4', { kinds: ['datacenter', 'vpn'], country: 'DE' }],
    ['10.1.3.0', { kinds: ['vpn'], country: 'DE' }],
    ['10.2.0.0', { kinds: [], country: 'NL' }],
    ['10.255.255.255', { kinds: [], country: 'NL' }],
    ['11.0.0.0', NOTHING],
    ['0.0.0.0', { kinds: ['mobile'], country: null }],
    ['255.255.255.254', NOTHING],
    ['255.255.255.255', { kinds: ['relay'], country: 'US' }],
    ['2001:db7:ffff::1', NOTHING],
    ['2001:db8::1', { kinds: ['datacenter'], country: 'FR' }],
    ['2001:db8:1:9::1', { kinds: ['datacenter', 'relay'], country: 'FR' }],
    // of a /64 it is all or nothing
    ['2001:db8:2:3::1', { kinds: ['datacenter', 'vpn'], country: 'FR' }],
    ['2001:db9::', NOTHING],
    ['::ffff:10.1.2.3', { kinds: ['datacenter', 'tor', 'vpn'], country: 'AT' }],
    ['10.1.2', NOTHING],
    ['256.1.2.3', NOTHING],
    ['nobody', NOTHING],
  ])('%s', (ip, facts) => {
    expect(ranges.look(ip)).toEqual(facts);
  });

  test('says which lines it cannot read, and takes the others', () => {
    const { ranges: read, faults } = readRanges(
      [
        '300.0.0.0/8,vpn,',
        '10.0.0.0/33,vpn,',
        '10.0.0.0/8,proxy,',
        '10.0.0.0/8,,Germany',
        '10.0.0.0/8,,',
        '10.0.0.0/8,vpn,DE,x',
        '10.0.0.0/8 , VPN , de\r',
      ].join('\n'),
    );
    expect(read).toHaveLength(1);
    expect(faults.map(({ line }) => line)).toEqual([1, 2, 3, 4, 5, 6]);
    expect(faults.map(({ reason }) => reason)).toEqual([
      expect.stringContaining('no network'),
      expect.stringContaining('no network'),
      expect.stringContaining('none of datacenter'),
      expect.stringContaining('no two-letter country'),
      expect.stringContaining('neither'),
      expect.stringContaining('three columns'),
    ]);
  });

  test('covers its whole network, whichever of its addresses names it', () => {
    expect(lookIn('10.1.2.99/24,tor,').look('10.1.2.0')).toMatchObject({ kinds: ['tor'] });
  });
});

test('a look-up says what going through all ranges says', () => {
  const range = fc
    .tuple(fc.nat(255), fc.nat(255), fc.constantFrom('vpn', 'tor', null), fc.constantFrom('DE', 'AT', null))
    .map(([a, b, kind, country]): AddressRange => {
      const [first, last] = [BigInt(Math.min(a, b)), BigInt(Math.max(a, b))];
      return { first, last, family: 4, kind, country };
    });
  fc.assert(
    fc.property(fc.array(range, { maxLength: 12 }), fc.nat(255), (ranges, n) => {
      const within = ranges.filter(({ first, last }) => first <= n && last >= n);
      const { kinds, country } = indexRanges(ranges).look(`0.0.0.${n}`);
      expect(kinds).toEqual([...new Set(within.flatMap(({ kind }) => kind ?? []))].sort());
      const narrowest = within
        .filter((one) => one.country !== null)
        .map(({ first, last }) => last - first)
        .sort((a, b) => (a < b ? -1 : 1))[0];
      const believed = within
        .filter(({ first, last }) => last - first === narrowest)
        .map((one) => one.country);
      expect(narrowest === undefined ? [null] : believed).toContain(country);
    }),
  );
});

describe('a file that is kept', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'ranges-'));
  });
  afterAll(() => rm(folder, { recursive: true }));

  test('is read again when it changes, and stays as it was when it is gone', async () => {
    const file = join(folder, 'ranges.csv');
    await writeFile(file, '10.0.0.0/8,vpn,DE\nnonsense\n');
    const ranges = keepRanges(file);
    expect(ranges.look('10.1.2.3')).toEqual(NOTHING);
    await ranges.refresh();
    expect(ranges.look('10.1.2.3')).toEqual({ kinds: ['vpn'], country: 'DE' });
    expect(ranges.status()).toMatchObject({
      ...{ isConfigured: true, lines: { ipv4: 1, ipv6: 0 }, byKind: { vpn: 1 }, countries: 1 },
      faults: [{ line: 2 }],
      faultCount: 1,
    });
    const { loadedAt } = ranges.status();
    await ranges.refresh();
    expect(ranges.status().loadedAt).toBe(loadedAt);

    await writeFile(file, '10.0.0.0/8,tor,DE\n2001:db8::/32,relay,\n');
    await utimes(file, new Date(), new Date(Date.now() + 60_000));
    await ranges.refresh();
    expect(ranges.look('10.1.2.3').kinds).toEqual(['tor']);
    expect(ranges.status()).toMatchObject({ lines: { ipv4: 1, ipv6: 1 }, faultCount: 0 });

    await rm(file);
    await ranges.refresh();
    expect(ranges.look('10.1.2.3').kinds).toEqual(['tor']);
    expect(ranges.status().faults).toEqual([{ line: null, reason: expect.stringContaining('ENOENT') }]);
  });

  test('may be none', async () => {
    const ranges = keepRanges(undefined);
    await ranges.refresh();
    expect(ranges.look('10.1.2.3')).toEqual(NOTHING);
    expect(ranges.status()).toMatchObject({ isConfigured: false, loadedAt: null, faults: [] });
  });
});
