import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { assess, bandOf, weigh } from './assess.ts';
import { type Finding, INDICATOR_NAMES, type IndicatorName } from './indicator.ts';
import { INDICATORS, OF_ATTEMPTS, OF_HISTORY } from './indicators/index.ts';
import { completePolicy, DEFAULT_POLICY } from './policy.ts';
import { attemptKnown } from './testing.ts';

const ALL = new Set<IndicatorName>(INDICATOR_NAMES);

const finding = (indicator: IndicatorName, evidence: Finding['evidence'] = { others: 1 }): Finding => ({
  ...{ indicator, evidence },
  version: 1,
});

const outcomeOf = (...indicators: IndicatorName[]): string => {
  const { score, band } = weigh(
    indicators.map((name) => finding(name)),
    DEFAULT_POLICY,
    ALL,
  );
  return `${score} ${band}`;
};

test('each indicator is named once, and weighs what the domain says', () => {
  expect([...OF_ATTEMPTS, ...OF_HISTORY].map(({ name }) => name).sort()).toEqual([...INDICATOR_NAMES].sort());
  expect(DEFAULT_POLICY.points).toEqual({
    self_excluded_match: 100,
    email_disposable: 60,
    email_alias_duplicate: 50,
    device_shared: 45,
    payment_shared: 70,
    ip_shared: 15,
    ip_datacenter: 20,
    ip_vpn: 20,
    ip_tor: 35,
    geo_mismatch: 15,
    address_shared: 20,
    code_guessing: 40,
    claim_right_after_registration: 10,
    low_risk_play: 35,
    deposit_withdraw_cycle: 30,
    max_bet_breach: 25,
    bonus_only_player: 20,
  });
});

describe('bands', () => {
  test.each([
    [0, 'allow'],
    [29, 'allow'],
    [30, 'flag'],
    [59, 'flag'],
    [60, 'hold'],
    [84, 'hold'],
    [85, 'decline'],
    [1_000, 'decline'],
  ])('%i is %s', (score, band) => {
    expect(bandOf(score, DEFAULT_POLICY.bands)).toBe(band);
  });
});

describe('a shared device counts more with each further account', () => {
  test.each([
    [1, 45],
    [2, 55],
    [3, 65],
    [4, 70],
    [500, 70],
  ])('%i others: %i', (others, points) => {
    const { findings } = weigh([finding('device_shared', { others })], DEFAULT_POLICY, ALL);
    expect(findings).toMatchObject([{ points }]);
  });

  test('but nothing when it weighs nothing', () => {
    const policy = completePolicy({
      ...DEFAULT_POLICY,
      points: { ...DEFAULT_POLICY.points, device_shared: 0 },
    });
    expect(weigh([finding('device_shared', { others: 9 })], policy, ALL)).toMatchObject({
      score: 0,
      band: 'allow',
    });
  });
});

describe('how far findings reach', () => {
  test.each<[string, IndicatorName[]]>([
    ['0 allow', []],
    ['60 hold', ['email_disposable']],
    ['50 flag', ['email_alias_duplicate']],
    ['110 decline', ['email_disposable', 'email_alias_duplicate']],
    // a home: an address, a household, a tablet, a card
    ['20 allow', ['ip_shared', 'address_shared']],
    ['45 flag', ['device_shared', 'ip_shared', 'address_shared']],
    ['84 hold', ['device_shared', 'ip_shared', 'address_shared', 'payment_shared']],
    [
      '84 hold',
      ['device_shared', 'payment_shared', 'ip_vpn', 'claim_right_after_registration', 'max_bet_breach'],
    ],
    // that tries codes
    ['85 decline', ['device_shared', 'ip_shared', 'address_shared', 'code_guessing']],
    ['50 flag', ['ip_shared', 'geo_mismatch', 'bonus_only_player']],
    ['59 flag', ['address_shared', 'geo_mismatch', 'claim_right_after_registration', 'bonus_only_player']],
  ])('%s', (outcome, indicators) => {
    expect(outcomeOf(...indicators)).toBe(outcome);
  });

  test('a home is never declined, whatever anything weighs', () => {
    const atHome: IndicatorName[] = [
      'device_shared',
      'payment_shared',
      'address_shared',
      'ip_shared',
      'ip_vpn',
      'ip_datacenter',
      'geo_mismatch',
      'claim_right_after_registration',
    ];
    fc.assert(
      fc.property(
        fc.subarray(atHome),
        fc.array(fc.nat(100), { minLength: 17, maxLength: 17 }),
        (names, weights) => {
          const points = Object.fromEntries(INDICATOR_NAMES.map((name, n) => [name, weights[n] ?? 0]));
          const policy = completePolicy({ ...DEFAULT_POLICY, points });
          const { band } = weigh(
            names.map((name) => finding(name, { others: 4 })),
            policy,
            ALL,
          );
          expect(band).not.toBe('decline');
        },
      ),
    );
  });

  test('of what people of a home share the heaviest counts', () => {
    const { score, findings } = weigh(
      [finding('address_shared'), finding('device_shared', { others: 2 }), finding('ip_shared')],
      DEFAULT_POLICY,
      ALL,
    );
    expect(score).toBe(55);
    expect(findings).toMatchObject([
      { indicator: 'address_shared', points: 0, within: 'device_shared' },
      { indicator: 'device_shared', points: 55 },
      { indicator: 'ip_shared', points: 0, within: 'device_shared' },
    ]);
    expect(findings[1]).not.toHaveProperty('within');
  });

  test('what is off takes nothing away', () => {
    const on = new Set<IndicatorName>(['ip_shared']);
    expect(weigh([finding('device_shared'), finding('ip_shared')], DEFAULT_POLICY, on).score).toBe(15);
  });

  test('shared addresses alone are never held', () => {
    const policy = completePolicy({
      ...DEFAULT_POLICY,
      points: { ...DEFAULT_POLICY.points, ip_shared: 100, address_shared: 100 },
    });
    expect(weigh([finding('ip_shared'), finding('address_shared')], policy, ALL)).toMatchObject({
      score: 59,
      band: 'flag',
    });
  });
});

describe('whoever is excluded', () => {
  test('is declined by that alone, whatever it weighs', () => {
    const policy = completePolicy({
      ...DEFAULT_POLICY,
      points: { ...DEFAULT_POLICY.points, self_excluded_match: 1 },
    });
    expect(weigh([finding('self_excluded_match')], policy, ALL).band).toBe('decline');
    expect(weigh([finding('self_excluded_match')], policy, ALL, 'allowed').band).toBe('decline');
  });

  test('is not, where the indicator is off or weighs nothing', () => {
    const policy = completePolicy({ ...DEFAULT_POLICY, points: {} });
    expect(weigh([finding('self_excluded_match')], DEFAULT_POLICY, new Set()).band).toBe('allow');
    expect(weigh([finding('self_excluded_match')], policy, ALL).band).toBe('allow');
  });
});

describe('lists', () => {
  test('decide whatever was found, and say so', () => {
    expect(weigh([], DEFAULT_POLICY, ALL, 'blocked')).toMatchObject({ band: 'decline', listed: 'blocked' });
    const bad = [finding('email_disposable'), finding('email_alias_duplicate')];
    expect(weigh(bad, DEFAULT_POLICY, ALL, 'allowed')).toMatchObject({
      ...{ score: 110, band: 'allow', listed: 'allowed' },
    });
    expect(weigh(bad, DEFAULT_POLICY, ALL)).not.toHaveProperty('listed');
  });
});

describe('an assessment', () => {
  test('is of the past and of the attempt', () => {
    const known = attemptKnown({
      profile: [finding('email_disposable', { domain: 'x.y' })],
      device: { others: 1 },
    });
    expect(assess(known, DEFAULT_POLICY, ALL)).toEqual({
      score: 105,
      band: 'decline',
      policy: 0,
      findings: [
        { indicator: 'email_disposable', version: 1, points: 60, evidence: { domain: 'x.y' } },
        { indicator: 'device_shared', version: 1, points: 45, evidence: { others: 1 } },
      ],
    });
  });

  test('keeps what is off, for weights to be tried on', () => {
    const { score, findings } = assess(
      attemptKnown({ device: { others: 2 } }),
      DEFAULT_POLICY,
      new Set(['ip_shared'] as const),
    );
    expect(score).toBe(0);
    expect(findings).toEqual([
      { indicator: 'device_shared', version: 1, points: 0, off: true, evidence: { others: 2 } },
    ]);
  });
});

test('an indicator that a policy does not know yet weighs nothing', () => {
  const { points } = completePolicy({ version: 3, bands: DEFAULT_POLICY.bands, points: { ip_tor: 35 } });
  expect(points).toMatchObject({ ip_tor: 35, device_shared: 0 });
  expect(Object.keys(points).sort()).toEqual([...INDICATOR_NAMES].sort());
});

test('every indicator says what it sees in a sentence', () => {
  for (const { describe: sentence } of Object.values(INDICATORS)) expect(sentence).toMatch(/^[A-Z].+\.$/);
});
