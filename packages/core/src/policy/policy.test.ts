import { describe, expect, it, test } from 'vitest';
import { breachesOf, forbiddenBy, inForce, jurisdictionsOf } from './breaches.ts';
import { POLICY_PACKS } from './packs/index.ts';
import { reviewOffer, type Setting } from './review.ts';
import type { Jurisdiction, Offer, OfferReward, WageringTerms } from './types.ts';

const AFTER = Date.parse('2026-03-01T00:00:00Z');
const LAST_BEFORE = Date.parse('2026-01-18T23:59:59.999Z');
const FIRST_DAY = Date.parse('2026-01-19T00:00:00Z');

const wagering = (terms: Partial<WageringTerms> = {}): WageringTerms => ({
  multiplier: 1_000,
  base: 'bonus',
  depositBase: 'full',
  fundsOrder: 'real_first',
  onWithdrawal: 'forfeit',
  contributions: { categories: {}, games: {} },
  ...terms,
});

const bonus = (terms: Partial<WageringTerms> = {}, more: Partial<OfferReward> = {}): Offer => ({
  rewards: [{ kind: 'bonus_balance', wagering: wagering(terms), ...more }],
});

const match = (matchBps: number, terms: Partial<WageringTerms>): Offer => ({
  rewards: [
    {
      kind: 'deposit',
      matchBps,
      wagering: wagering({ base: 'deposit_plus_bonus', depositBase: 'matched', ...terms }),
    },
  ],
});

/** What forbids an offer to players of a GB brand, as `kind: saw`. */
const forbidden = (offer: Offer, at = AFTER, brand: Jurisdiction = 'GB', country: string | null = null) =>
  forbiddenBy(breachesOf(offer), jurisdictionsOf(brand, country), at).map(
    ({ rule, saw }) => `${rule.kind}: ${saw}`,
  );

describe('in Great Britain', () => {
  test.each<[what: string, offer: Offer, why: string[]]>([
    ['10×', bonus(), []],
    ['10.01×', bonus({ multiplier: 1_001 }), ['max_wagering: 10.01× of the bonus']],
    ['35× (V17)', bonus({ multiplier: 3_500 }), ['max_wagering: 35× of the bonus']],
    ['nothing to wager', bonus({ multiplier: 0, base: 'deposit_plus_bonus' }), []],
    ['5× of deposit and bonus at 100 %', match(10_000, { multiplier: 500 }), []],
    ['5.01× of both', match(10_000, { multiplier: 501 }), ['max_wagering: 10.02× of the bonus']],
    [
      '4× of deposit and bonus at 50 %',
      match(5_000, { multiplier: 400 }),
      ['max_wagering: 12× of the bonus'],
    ],
    ['3× of them', match(5_000, { multiplier: 300 }), []],
    [
      '1× of the full deposit, which has no bound',
      match(10_000, { multiplier: 100, depositBase: 'full' }),
      ['max_wagering: the full deposit is wagered as well, however large'],
    ],
    [
      'a game that counts a tenth',
      bonus({ contributions: { categories: { roulette: 1_000 }, games: {} } }),
      [],
    ],
    ['bonus funds first', bonus({ fundsOrder: 'bonus_first' }), ['real_money_first: bonus_first']],
    ['a bonus that locks withdrawals', bonus({ onWithdrawal: 'block' }), ['real_money_free: block']],
    ['a bonus that stays through them', bonus({ onWithdrawal: 'keep' }), []],
    [
      'casino spins for a betting deposit (V17)',
      { product: 'betting', rewards: [{ kind: 'free_spins' }] },
      ['single_product: betting rewarded with casino'],
    ],
    ['casino spins for a casino deposit', { product: 'casino', rewards: [{ kind: 'free_spins' }] }, []],
    [
      'a bonus to use on anything, for a bet',
      { product: 'betting', rewards: [{ kind: 'bonus_balance' }] },
      [],
    ],
    [
      'spins and a free bet together',
      { rewards: [{ kind: 'free_spins' }, { kind: 'bonus_balance', product: 'betting' }] },
      ['single_product: casino rewarded with betting'],
    ],
    ['rewards without money', { rewards: [{ kind: 'tournament_entry' }, { kind: 'special' }] }, []],
  ])('%s', (_, offer, why) => {
    expect(forbidden(offer)).toEqual(why);
  });

  it('holds from the instant a rule comes into force', () => {
    const offer = bonus({ multiplier: 3_500, onWithdrawal: 'block' });
    expect(forbidden(offer, LAST_BEFORE)).toEqual(['real_money_free: block']);
    expect(forbidden(offer, FIRST_DAY)).toHaveLength(2);
  });

  it('holds for players there, whatever the brand, and for nobody elsewhere', () => {
    const offer = bonus({ multiplier: 3_500 });
    expect(forbidden(offer, AFTER, 'MT', 'GB')).toHaveLength(1);
    expect(forbidden(offer, AFTER, 'GB', 'DE')).toHaveLength(1);
    expect(forbidden(offer, AFTER, 'GB', 'GB')).toHaveLength(1);
    expect(forbidden(offer, AFTER, 'MT', 'DE')).toEqual([]);
    expect(forbidden(offer, AFTER, 'default', null)).toEqual([]);
    expect(forbidden(offer, AFTER, 'default', 'default')).toEqual([]);
  });
});

it('a rule is in force until its end, and not at it', () => {
  const rule = { ...POLICY_PACKS.GB.rules[0]!, from: null, until: '2026-01-19T00:00:00Z' };
  expect([inForce(rule, LAST_BEFORE), inForce(rule, FIRST_DAY)]).toEqual([true, false]);
});

describe('a review', () => {
  const setting = (more: Partial<Setting> = {}): Setting => ({
    jurisdiction: 'GB',
    countries: undefined,
    startsAt: null,
    endsAt: null,
    now: AFTER,
    ...more,
  });
  const review = (offer: Offer, more: Partial<Setting> = {}) => {
    const { forbidden, warnings } = reviewOffer(offer, setting(more));
    const names = (of: typeof forbidden) =>
      of.map(({ jurisdiction, rule }) => `${jurisdiction} ${rule.kind}`);
    return { forbidden: names(forbidden), warnings: names(warnings) };
  };
  const high = bonus({ multiplier: 3_500 });

  it('warns of what 10× comes to with a game at 10 %: effective 100× (V17)', () => {
    const offer = bonus({
      contributions: { categories: { slots: 10_000, jackpots: 0 }, games: { 'lucky-roulette': 1_000 } },
    });
    const { forbidden, warnings } = reviewOffer(offer, setting());
    expect(forbidden).toEqual([]);
    expect(warnings).toMatchObject([
      {
        jurisdiction: 'GB',
        field: 'rewards.0.wagering.contributions.games.lucky-roulette',
        saw: 'effective 100× of the bonus with lucky-roulette alone, at 10 %',
        needs: 'at most 10×',
      },
    ]);
  });

  it('judges an offer when it opens, and tells of what comes while it runs', () => {
    expect(review(high)).toEqual({ forbidden: ['GB max_wagering'], warnings: [] });
    expect(review(high, { now: LAST_BEFORE })).toEqual({ forbidden: [], warnings: ['GB max_wagering'] });
    expect(review(high, { now: LAST_BEFORE, endsAt: FIRST_DAY })).toEqual({ forbidden: [], warnings: [] });
    expect(review(high, { now: LAST_BEFORE, startsAt: FIRST_DAY })).toMatchObject({
      forbidden: ['GB max_wagering'],
    });
    expect(review(high, { now: AFTER, startsAt: LAST_BEFORE })).toMatchObject({
      forbidden: ['GB max_wagering'],
    });
  });

  it('minds the countries an offer names, and warns of those it merely leaves open', () => {
    const brand = { jurisdiction: 'MT' } as const;
    expect(review(high, brand)).toEqual({ forbidden: [], warnings: ['GB max_wagering'] });
    expect(review(high, { ...brand, countries: ['DE', 'GB'] })).toEqual({
      forbidden: ['GB max_wagering'],
      warnings: [],
    });
    expect(review(high, { ...brand, countries: ['DE'] })).toEqual({ forbidden: [], warnings: [] });
  });

  it('points out terms that are hardly reachable where nothing is forbidden', () => {
    const offer = (shareBps: number) =>
      bonus({ multiplier: 3_500, contributions: { categories: { live: shareBps }, games: {} } });
    const nowhere = { jurisdiction: 'default', countries: ['DE'] } as const;
    expect(review(offer(3_500), nowhere).warnings).toEqual([]);
    expect(review(offer(3_499), nowhere).warnings).toEqual(['default max_effective_wagering']);
    expect(review(offer(0), nowhere).warnings).toEqual([]);
  });
});

it('every rule says where it stands, and those that forbid where to read it', () => {
  for (const { rules } of Object.values(POLICY_PACKS))
    for (const { summary, source, severity, from } of rules) {
      expect(summary).toMatch(/\.$/);
      expect(source.title).not.toBe('');
      if (severity === 'forbid') expect([source.url, from]).not.toContain(null);
    }
});
