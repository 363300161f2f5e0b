import { CampaignDefinition } from '@promosmith/contract';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { z } from 'zod';
import { startTestApp, type TestApp } from '../../testing/test-app.ts';
import { signInAs } from '../../testing/test-staff.ts';
import { worstCaseOf } from './worst-case.ts';

type Input = z.input<typeof CampaignDefinition>;

const TEN: Input['rewards'][number] = {
  kind: 'bonus_balance',
  amount: { EUR: 1_000 },
  wagering: { multiplier: 3_500 },
};
const capped = (maxConversion: object): Input['rewards'][number] => ({
  ...TEN,
  wagering: { multiplier: 3_500, maxConversion },
});
const SPINS: Input['rewards'][number] = {
  kind: 'free_spins',
  count: 20,
  provider: 'spinner',
  games: ['book'],
  spinValue: { EUR: 10 },
  winnings: 'cash',
};
const definition = (differences: Partial<Input>): Input => ({
  rewards: [TEN],
  terms: { significant: 'For tests.' },
  ...differences,
});

describe('the worst case', () => {
  test.each<[string, Partial<Input>, object]>([
    ['no limit, no budget', {}, { perActivation: 1_000, activations: null, face: null, worstCase: null }],
    [
      'a budget',
      { budget: { EUR: 10_500 }, rewards: [capped({ timesBonus: 500 })] },
      { activations: 11, face: 10_500, worstCase: 52_500 },
    ],
    [
      'uses, and a largest amount',
      { limits: [{ scope: 'campaign', max: 7 }], rewards: [capped({ amounts: { EUR: 3_000 } })] },
      { activations: 7, face: 7_000, worstCase: 21_000 },
    ],
    [
      'the smaller of uses and budget',
      {
        limits: [{ scope: 'campaign', max: 7 }],
        budget: { EUR: 3_000 },
        rewards: [capped({ timesBonus: 200 })],
      },
      { activations: 3, face: 3_000, worstCase: 6_000 },
    ],
    [
      'limits of players, days and codes, which end nothing',
      {
        limits: [
          { scope: 'player', max: 1 },
          { scope: 'campaign', period: 'day', max: 5 },
          { scope: 'code', max: 5 },
        ],
      },
      { activations: null, face: null, worstCase: null },
    ],
    [
      'nothing that limits a conversion',
      { budget: { EUR: 5_000 } },
      { activations: 5, face: 5_000, worstCase: null },
    ],
    [
      'spins that win without end',
      { limits: [{ scope: 'campaign', max: 2 }], rewards: [SPINS] },
      { perActivation: 200, activations: 2, face: 400, worstCase: null },
    ],
    [
      'spins with a cap, beside a bonus',
      {
        limits: [{ scope: 'campaign', max: 10 }],
        rewards: [{ ...SPINS, winCap: { EUR: 5_000 } }, capped({ timesBonus: 100 })],
      },
      { perActivation: 6_000, activations: 10, face: 60_000, worstCase: 60_000 },
    ],
    [
      'rewards that cost nothing here',
      {
        limits: [{ scope: 'campaign', max: 10 }],
        markets: { currencies: ['EUR'] },
        rewards: [{ kind: 'tournament_entry', tournament: 'race' }],
      },
      { perActivation: 0, activations: 10, face: 0, worstCase: 0 },
    ],
  ])('of %s', (_, differences, expected) => {
    const [only, ...others] = worstCaseOf(CampaignDefinition.parse(definition(differences))) ?? [];
    expect(only).toMatchObject({ currency: 'EUR', ...expected });
    expect(others).toEqual([]);
  });

  test('is told for each currency that the offer is open to', () => {
    const rewards = [{ ...TEN, amount: { EUR: 1_000, SEK: 10_000, USD: 1_100 } }] as const;
    const cases = worstCaseOf(
      CampaignDefinition.parse(
        definition({ rewards: [...rewards], markets: { currencies: ['SEK', 'EUR'] } }),
      ),
    );
    expect(cases?.map(({ currency, perActivation }) => [currency, perActivation])).toEqual([
      ['EUR', 1_000],
      ['SEK', 10_000],
    ]);
  });

  test('past what is exact is not told', () => {
    const limits = [{ scope: 'campaign' as const, max: 1_000_000_000_000 }];
    expect(
      worstCaseOf(
        CampaignDefinition.parse(definition({ limits, rewards: [{ ...TEN, amount: { EUR: 1_000_000 } }] })),
      ),
    ).toBeNull();
  });
});

describe('over HTTP', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startTestApp();
  });
  afterAll(() => app.close());
  const judge = (differences: object) =>
    app.request('POST', '/v1/campaigns/validations', { body: { ...definition({}), ...differences } });

  test('a definition is judged without being saved', async () => {
    const fine = await judge({ limits: [{ scope: 'player', max: 1 }] });
    expect([fine.status, fine.body]).toMatchObject([200, { faults: [], notReady: [], secondPerson: null }]);
    const { body } = await judge({
      audience: { rule: 'player.age > 18 &&\n  player.shoe_size == 4' },
      limits: [
        { scope: 'player', max: 1 },
        { scope: 'player', max: 2 },
      ],
      schedule: { endsAt: '2020-01-01T00:00:00Z' },
    });
    expect(body.faults).toMatchObject([
      { field: 'audience.rule', line: 2, column: 3 },
      { field: 'limits.1', fix: 'keep the smaller one' },
    ]);
    expect(body.notReady).toMatchObject([{ field: 'schedule.endsAt' }]);
    expect((await app.request('GET', '/v1/campaigns')).body.items).toEqual([]);
  });

  test('so is it by the law, and by who has to agree', async () => {
    const { ownerKey: key } = await app.anotherBrand({
      jurisdiction: 'GB',
      approvals: { campaignBudget: { EUR: 1_000 } },
    });
    const body = { ...definition({ budget: { EUR: 5_000 } }) };
    const verdict = await app.request('POST', '/v1/campaigns/validations', { key, body });
    expect(verdict.body.faults).toMatchObject([{ field: 'rewards.0.wagering.multiplier' }]);
    expect(verdict.body.secondPerson).toMatch(/above the threshold/);
    const preview = await app.request('POST', '/v1/campaigns/liability-previews', { key, body });
    expect([preview.status, preview.body]).toMatchObject([
      200,
      {
        currencies: [{ currency: 'EUR', face: 5_000 }],
        warnings: [{ jurisdiction: 'GB', severity: 'forbid' }],
      },
    ]);
  });

  test('who may not publish is told that somebody else has to agree', async () => {
    const me = await signInAs(app, 'marketing');
    const { body } = await me.request('POST', '/v1/campaigns/validations', { body: definition({}) });
    expect(body.secondPerson).toBe('Who asks may not publish.');
  });
});
