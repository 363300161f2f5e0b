import { CampaignInput } from '@promosmith/contract';
import { createCurrencyTable } from '@promosmith/core/money';
import { buildCatalogue } from '@promosmith/core/rules';
import { describe, expect, test } from 'vitest';
import { validCampaign } from '../testing.ts';
import { runnableFaults } from './runnable.ts';
import { savableFaults } from './savable.ts';

const currencies = createCurrencyTable();
const built = buildCatalogue([]);
if (!currencies.ok || !built.ok) throw new Error('the built-in tables are broken');
const brand = { currencies: currencies.value, catalogue: built.catalogue };

type Differences = Parameters<typeof validCampaign>[0];
type Reward = NonNullable<NonNullable<Differences>['rewards']>[number];
const definition = (differences: Differences) => CampaignInput.parse(validCampaign(differences));
const faultsOf = (differences: Differences) =>
  savableFaults(definition(differences), brand).map(({ field }) => field);

const wagering = { multiplier: 3_500 };
const deposit = {
  kind: 'deposit' as const,
  matchBps: 10_000,
  cap: { EUR: 20_000 },
  minDeposit: { EUR: 2_000 },
  wagering,
};
const spins = {
  kind: 'free_spins' as const,
  count: 20,
  provider: 'acme',
  games: ['book'],
  spinValue: { EUR: 10 },
  wagering: { ...wagering, base: 'winnings' as const },
};
const cashback = {
  kind: 'cashback' as const,
  rateBps: 1_000,
  period: 'week' as const,
  minLoss: { EUR: 5_000 },
  cap: { EUR: 20_000 },
  wagering,
};
const cash = (EUR: number) => ({
  kind: 'bonus_balance' as const,
  amount: { EUR },
  wagering: { multiplier: 0 },
});
const tournament = { kind: 'tournament_entry' as const, tournament: 'spring' };
const special = { kind: 'special' as const, handler: 'gift' };

describe('may be saved', () => {
  test.each<[string, Differences]>([
    ['the least there can be', {}],
    ['every kind of reward', { rewards: [deposit, spins, cashback, tournament, special] }],
    ['rewards without money', { rewards: [tournament, special] }],
    ['a window', { schedule: { startsAt: '2026-03-01T00:00:00Z', endsAt: '2026-03-01T00:00:00.001Z' } }],
    [
      'hours through the night',
      {
        schedule: {
          hours: [
            { from: '22:00', to: '02:00' },
            { from: '02:00', to: '03:00' },
          ],
        },
      },
    ],
    ['the whole day', { schedule: { hours: [{ from: '00:00', to: '24:00' }] } }],
    [
      'limits of one scope over several periods',
      {
        limits: [
          { scope: 'player', max: 3 },
          { scope: 'player', period: 'day', max: 1 },
        ],
      },
    ],
    ['a budget for exactly one bonus', { budget: { EUR: 1_000 } }],
    [
      'a budget for what the spins can win',
      { rewards: [{ ...spins, winCap: { EUR: 500 } }], budget: { EUR: 500 } },
    ],
    ['cash winnings without wagering', { rewards: [{ ...spins, winnings: 'cash', wagering: undefined }] }],
    ['a rule', { audience: { rule: "player.country in ['DE', 'AT'] && player.deposit_count == 0" } }],
  ])('%s', (_, differences) => {
    expect(savableFaults(definition(differences), brand)).toEqual([]);
  });
});

describe('may not be saved', () => {
  test.each<[string, Differences, string[]]>([
    [
      'an end at the start',
      { schedule: { startsAt: '2026-03-01T01:00:00+01:00', endsAt: '2026-03-01T00:00:00Z' } },
      ['schedule.endsAt'],
    ],
    ['a weekday twice', { schedule: { weekdays: [1, 2, 1] } }, ['schedule.weekdays.2']],
    ['empty hours', { schedule: { hours: [{ from: '10:00', to: '10:00' }] } }, ['schedule.hours.0']],
    [
      'hours from midnight written as 24:00',
      { schedule: { hours: [{ from: '24:00', to: '02:00' }] } },
      ['schedule.hours.0.from'],
    ],
    [
      'hours that overlap after midnight',
      {
        schedule: {
          hours: [
            { from: '22:00', to: '02:00' },
            { from: '01:00', to: '03:00' },
          ],
        },
      },
      ['schedule.hours.1'],
    ],
    ['a rule that is no CEL', { audience: { rule: 'player.country ==' } }, ['audience.rule']],
    ['a rule about an unknown fact', { audience: { rule: 'player.shoe_size > 40' } }, ['audience.rule']],
    [
      'a limit twice',
      {
        limits: [
          { scope: 'player', max: 1 },
          { scope: 'campaign', max: 9 },
          { scope: 'player', max: 2 },
        ],
      },
      ['limits.2'],
    ],
    [
      'an unknown currency of a market',
      { markets: { currencies: ['EUR', 'EURO'] } },
      ['markets.currencies.1'],
    ],
    [
      'an unknown currency deep inside',
      { rewards: [{ ...deposit, wagering: { ...wagering, maxBet: { amounts: { EUX: 500 } } } }] },
      ['rewards.0.wagering.maxBet.amounts.EUX'],
    ],
    [
      'a market whose currency a reward leaves out',
      { markets: { currencies: ['EUR', 'SEK'] } },
      ['rewards.0.amount'],
    ],
    ['a budget in a currency nobody is paid in', { budget: { EUR: 9_000, SEK: 9_000 } }, ['budget.SEK']],
    [
      'a budget outside the markets',
      {
        markets: { currencies: ['EUR'] },
        rewards: [{ kind: 'bonus_balance', amount: { EUR: 1, SEK: 1 }, wagering }],
        budget: { EUR: 9, SEK: 9 },
      },
      ['budget.SEK'],
    ],
    [
      'rewards with no currency in common',
      { rewards: [deposit, { kind: 'bonus_balance', amount: { SEK: 1 }, wagering }] },
      ['rewards'],
    ],
    ['a budget that pays for no bonus', { budget: { EUR: 999 } }, ['budget.EUR']],
    [
      'a bonus of nothing',
      { rewards: [{ kind: 'bonus_balance', amount: { EUR: 0 }, wagering }] },
      ['rewards.0.amount.EUR'],
    ],
    [
      'a cap below what the smallest deposit earns',
      { rewards: [{ ...deposit, cap: { EUR: 1_999 } }] },
      ['rewards.0.cap.EUR'],
    ],
    [
      'a cap below what the smallest loss earns',
      { rewards: [{ ...cashback, cap: { EUR: 499 } }] },
      ['rewards.0.cap.EUR'],
    ],
    [
      'cashback that together cannot be counted exactly',
      {
        rewards: [
          {
            ...cashback,
            paidAs: 'cash',
            wagering: undefined,
            cap: { EUR: Math.ceil(Number.MAX_SAFE_INTEGER / 53) },
            periods: 53,
          },
        ],
      },
      ['rewards.0.cap.EUR'],
    ],
    ['two deposit bonuses', { rewards: [deposit, deposit] }, ['rewards.1']],
    [
      'a payment method both ways',
      { rewards: [{ ...deposit, paymentMethods: { only: ['visa'], except: ['visa'] } }] },
      ['rewards.0.paymentMethods'],
    ],
    [
      'winnings as a bonus without wagering',
      { rewards: [{ ...spins, wagering: undefined }] },
      ['rewards.0.wagering'],
    ],
    ['cash that is wagered', { rewards: [{ ...spins, winnings: 'cash' }] }, ['rewards.0.wagering']],
    ['a game twice', { rewards: [{ ...spins, games: ['book', 'book'] }] }, ['rewards.0.games.1']],
    [
      'a base that does not apply',
      {
        rewards: [{ kind: 'bonus_balance', amount: { EUR: 1 }, wagering: { ...wagering, base: 'winnings' } }],
      },
      ['rewards.0.wagering.base'],
    ],
    [
      'a largest bet of nothing',
      { rewards: [{ ...deposit, wagering: { ...wagering, maxBet: {} } }] },
      ['rewards.0.wagering.maxBet'],
    ],
    [
      'a largest conversion of nothing',
      { rewards: [{ ...deposit, wagering: { ...wagering, maxConversion: {} } }] },
      ['rewards.0.wagering.maxConversion'],
    ],
    [
      'spins whose sum is no number',
      { rewards: [{ ...spins, count: 10_000, spinValue: { EUR: Number.MAX_SAFE_INTEGER } }] },
      ['rewards.0.spinValue.EUR'],
    ],
    [
      'spins whose sum is no number, with a budget',
      {
        rewards: [
          { ...spins, count: 10_000, spinValue: { EUR: Number.MAX_SAFE_INTEGER }, winCap: { EUR: 1 } },
        ],
        budget: { EUR: 1 },
      },
      ['rewards.0.spinValue.EUR'],
    ],
    [
      'a budget for spins that may win any amount',
      { rewards: [spins], budget: { EUR: 90_000 } },
      ['rewards.0.winCap'],
    ],
    [
      'a budget for spins whose winnings are bounded in another currency',
      {
        rewards: [{ ...spins, spinValue: { EUR: 10, SEK: 10 }, winCap: { EUR: 500 } }],
        budget: { EUR: 500, SEK: 500 },
      },
      ['rewards.0.winCap'],
    ],
    [
      'a budget below what the spins can win',
      { rewards: [{ ...spins, winCap: { EUR: 500 } }], budget: { EUR: 499 } },
      ['budget.EUR'],
    ],
    [
      'rewards whose sum is no number',
      {
        rewards: [cash(Number.MAX_SAFE_INTEGER), cash(1)],
        budget: { EUR: 1 },
      },
      ['rewards'],
    ],
    [
      'a smallest deposit that earns more than any number',
      { rewards: [{ ...deposit, matchBps: 1_000_000, minDeposit: { EUR: Number.MAX_SAFE_INTEGER } }] },
      ['rewards.0.cap.EUR'],
    ],
  ])('%s', (_, differences, fields) => {
    expect(faultsOf(differences)).toEqual(fields);
  });

  /** At 35 times: with the bonus alone, and with a deposit that is matched by half wagered as well. */
  const MOST = 25_734_855_013;
  const plus = { ...wagering, base: 'deposit_plus_bonus' as const };
  const half = { ...deposit, matchBps: 5_000, wagering: plus };
  test.each<[string, (amount: number) => Reward, number, string]>([
    ['a balance', (EUR) => ({ kind: 'bonus_balance', amount: { EUR }, wagering }), MOST, 'amount'],
    ['a deposit bonus', (EUR) => ({ ...deposit, cap: { EUR } }), MOST, 'cap'],
    [
      'a deposit bonus wagered with its deposit',
      (EUR) => ({ ...half, cap: { EUR } }),
      Math.floor(MOST / 3),
      'cap',
    ],
    ['cashback', (EUR) => ({ ...cashback, cap: { EUR } }), MOST, 'cap'],
    ['winnings', (EUR) => ({ ...spins, winCap: { EUR } }), MOST, 'winCap'],
  ])('a turnover that cannot be counted exactly: %s', (_, reward, most, field) => {
    expect(faultsOf({ rewards: [reward(most)] })).toEqual([]);
    const [fault] = savableFaults(definition({ rewards: [reward(most + 1)] }), brand);
    expect(fault).toEqual({
      field: `rewards.0.${field}.EUR`,
      reason: 'is too large: its wagering, 35 times, cannot be counted exactly',
      fix: `at most ${most}, or a smaller wagering.multiplier`,
    });
  });

  test.each([
    ['winnings paid as a bonus are wagered', spins],
    ['cashback paid as a bonus is wagered', cashback],
  ])('what is missing is told: %s', (words, reward) => {
    const rewards = [{ ...reward, wagering: undefined }];
    const [fault] = savableFaults(definition({ rewards }), brand);
    expect(fault).toEqual({
      field: 'rewards.0.wagering',
      reason: `is missing: ${words}`,
      fix: 'for none, pay cash',
    });
  });

  test('any amount of what is not wagered', () => {
    expect(faultsOf({ rewards: [cash(Number.MAX_SAFE_INTEGER)] })).toEqual([]);
  });

  test('says what would do', () => {
    const [fault] = savableFaults(definition({ rewards: [{ ...deposit, cap: { EUR: 1_999 } }] }), brand);
    expect(fault).toEqual({
      field: 'rewards.0.cap.EUR',
      reason: 'is below the 2000 that the smallest deposit earns already',
      fix: 'at least 2000',
    });
  });
});

describe('may not be run', () => {
  const fields = (differences: Differences, phase: 'before' | 'during' | 'after' = 'during') =>
    runnableFaults(definition(differences), phase).map(({ field }) => field);

  test.each<[string, Differences, string[]]>([
    ['with a limit it may', {}, []],
    ['with a budget it may', { limits: [], budget: { EUR: 1_000 } }, []],
    ['without limit and budget', { limits: [] }, ['limits']],
    ['with required traffic from nowhere', { traffic: { required: true } }, ['traffic']],
    ['with required traffic it may', { traffic: { required: true, utmSource: 'tg' } }, []],
  ])('%s', (_, differences, expected) => {
    expect(fields(differences)).toEqual(expected);
  });

  test('after its end', () => {
    expect(fields({}, 'after')).toEqual(['schedule.endsAt']);
    expect(fields({}, 'before')).toEqual([]);
  });
});
