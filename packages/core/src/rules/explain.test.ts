import { describe, expect, test } from 'vitest';
import { evaluateRule } from './evaluate.ts';
import { explain, explainCondition } from './explain.ts';
import { compiled } from './testing/oracle.ts';

const facts = {
  player: {
    country: 'FR',
    total_deposits: 3_000,
    deposit_count: 0,
    segments: ['new', 'mobile'],
    email_verified: false,
    vip_level: 'gold',
    registered_at: '2026-03-01T00:00:00Z',
  },
  traffic: { utm_campaign: 'spring' },
  now: new Date('2026-03-02T00:00:00Z'),
};
const money = (minorUnits: number) => `${(minorUnits / 100).toFixed(2)} EUR`;
const lines = (rule: string) => explain(evaluateRule(compiled(rule), facts), { money });

describe('explain', () => {
  test.each([
    ['player.country == "DE"', 'player.country must be DE (was FR)'],
    ['player.country != "FR"', 'player.country must not be FR (was FR)'],
    ['player.country in ["DE", "AT"]', 'player.country must be one of DE, AT (was FR)'],
    ['!(player.country in ["FR"])', 'player.country must not be one of FR (was FR)'],
    ['player.age >= 18', 'player.age must be at least 18 (was missing)'],
    ['player.vip_level >= 2', 'player.vip_level must be at least 2 (player.vip_level is not of its type)'],
    [
      'player.total_deposits >= 5000',
      'player.total_deposits must be at least 50.00 EUR (was 30.00 EUR; 20.00 EUR more)',
    ],
    ['player.total_deposits < 1000', 'player.total_deposits must be below 10.00 EUR (was 30.00 EUR)'],
    ['player.total_deposits <= 1000', 'player.total_deposits must be at most 10.00 EUR (was 30.00 EUR)'],
    ['player.deposit_count > 2', 'player.deposit_count must be above 2 (was 0; 3 more)'],
    [
      'player.deposit_count > player.total_deposits',
      'player.deposit_count must be above player.total_deposits (was 0; player.total_deposits was 3000; 3001 more)',
    ],
    [
      'player.deposit_count > player.age',
      'player.deposit_count must be above player.age (was 0; player.age is missing)',
    ],
    [
      '1 / player.deposit_count > 3',
      '1 / player.deposit_count must be above 3 (1 / player.deposit_count divides by zero)',
    ],
    ['"vip" in player.segments', 'player.segments must include vip (was new, mobile)'],
    ['!("new" in player.segments)', 'player.segments must not include new (was new, mobile)'],
    ['traffic.utm_campaign.startsWith("vip")', 'traffic.utm_campaign must start with vip (was spring)'],
    ['!traffic.utm_campaign.endsWith("ing")', 'traffic.utm_campaign must not end with ing (was spring)'],
    ['traffic.utm_campaign.contains("vip")', 'traffic.utm_campaign must contain vip (was spring)'],
    ['traffic.utm_campaign.matches("^vip")', 'traffic.utm_campaign must match ^vip (was spring)'],
    ['player.email_verified', 'player.email_verified must be true (was false)'],
    ['has(player.age)', 'player.age must be known'],
    ['!has(player.country)', 'player.country must not be known (was FR)'],
    [
      'now - player.registered_at > duration("36h")',
      'now - player.registered_at must be above 36h (was 24h)',
    ],
    [
      'player.segments.all(s, s == "vip")',
      'player.segments.all(s, s == "vip") must be true (was new, mobile)',
    ],
    ['1 == 2', 'no facts can satisfy this rule'],
    [
      'player.country == "DE" || (player.total_deposits >= 5000 && player.email_verified)',
      'either (player.total_deposits must be at least 50.00 EUR (was 30.00 EUR; 20.00 EUR more) and player.email_verified must be true (was false)), or player.country must be DE (was FR)',
    ],
  ])('%s', (rule, line) => {
    expect(lines(rule)).toEqual([line]);
  });

  test('gives one line for each thing that must change', () => {
    expect(lines('player.country == "DE" && player.age >= 18 && now > player.registered_at')).toEqual([
      'player.country must be DE (was FR)',
      'player.age must be at least 18 (was missing)',
    ]);
  });

  test('has nothing to say about a rule that passed', () => {
    expect(lines('player.country == "FR"')).toEqual([]);
  });

  test('cuts long lists', () => {
    const countries = Array.from({ length: 13 }, (_, index) => `"C${index}"`).join();
    expect(lines(`player.country in [${countries}]`)).toEqual([
      'player.country must be one of C0, C1, C2, C3, C4, C5, C6, C7, C8, C9 and 3 more (was FR)',
    ]);
  });

  test('leaves minor units as they are without a formatter', () => {
    expect(explain(evaluateRule(compiled('player.total_deposits >= 5000'), facts))).toEqual([
      'player.total_deposits must be at least 5000 (was 3000; 2000 more)',
    ]);
  });

  test('puts any single condition into words, passed or not', () => {
    const { conditions } = evaluateRule(
      compiled('player.country == "FR" && player.deposit_count < 5'),
      facts,
    );
    expect(conditions.map((condition) => explainCondition(condition))).toEqual([
      'player.country must be FR (was FR)',
      'player.deposit_count must be below 5 (was 0)',
    ]);
  });
});
