import { PolicyPack } from '@promosmith/contract';
import { afterAll, beforeAll, describe, expect, it, test } from 'vitest';
import { z } from 'zod';
import { activate, deposit, grantsOf } from '../../testing/actions.ts';
import { createOffer } from '../../testing/fixtures.ts';
import { startTestApp, type TestApp } from '../../testing/test-app.ts';
import { signInAs } from '../../testing/test-staff.ts';
import { validCampaign } from './testing.ts';

let app: TestApp;
/** A brand licensed in Great Britain. */
beforeAll(async () => {
  app = await startTestApp();
  await moveTo('GB');
});
afterAll(() => app.close());

async function moveTo(jurisdiction: string) {
  const { body: brand } = await app.request('GET', '/v1/brand');
  const moved = await app.request('PATCH', '/v1/brand', { body: { revision: brand.revision, jurisdiction } });
  expect([moved.status, moved.body.settings?.jurisdiction]).toEqual([200, jurisdiction]);
}

const save = (differences: object) =>
  app.request('POST', '/v1/campaigns', { body: validCampaign(differences) });

const wagered = (wagering: object) => ({
  kind: 'bonus_balance' as const,
  amount: { EUR: 5_000 },
  wagering: { multiplier: 1_000, ...wagering },
});
const SPINS = {
  kind: 'free_spins' as const,
  count: 20,
  provider: 'spinner',
  games: ['book'],
  spinValue: { EUR: 10 },
  winnings: 'cash' as const,
};

describe('saving a campaign of a brand in Great Britain', () => {
  test.each<[what: string, differences: object, field: string]>([
    ['35×', { rewards: [wagered({ multiplier: 3_500 })] }, 'rewards.0.wagering.multiplier'],
    [
      'bonus funds first',
      { rewards: [wagered({ fundsOrder: 'bonus_first' })] },
      'rewards.0.wagering.fundsOrder',
    ],
    ['locked money', { rewards: [wagered({ onWithdrawal: 'block' })] }, 'rewards.0.wagering.onWithdrawal'],
    ['spins for bets', { product: 'betting', rewards: [SPINS] }, 'rewards.0.product'],
  ])('with %s is refused', async (_, differences, field) => {
    const { status, body } = await save(differences);
    expect([status, body.key]).toEqual([422, 'jurisdiction_forbidden']);
    expect(body.errors).toMatchObject([{ field, fix: expect.any(String) }]);
    expect(body.errors[0].reason).toMatch(/\(GB\)$/);
  });

  it('names these faults beside those of the terms themselves', async () => {
    const { body } = await save({
      rewards: [wagered({ multiplier: 3_500 })],
      schedule: { weekdays: [1, 1] },
    });
    expect(body.key).toBe('campaign_invalid');
    expect(body.errors.map(({ field }: { field: string }) => field)).toEqual([
      'schedule.weekdays.1',
      'rewards.0.wagering.multiplier',
    ]);
  });

  it('at 10× with a game at 10 % is warned: effective 100×', async () => {
    const rewards = [wagered({ contributions: { categories: { roulette: 1_000 } } })];
    const { status, body } = await save({ rewards });
    expect(status).toBe(201);
    const warning = {
      jurisdiction: 'GB',
      rule: 'max_effective_wagering',
      severity: 'warn',
      field: 'rewards.0.wagering.contributions.categories.roulette',
      reason: expect.stringContaining('effective 100×'),
      fix: 'at most 10×',
      from: null,
    };
    expect(body.warnings).toEqual([warning]);
    expect((await app.request('GET', `/v1/campaigns/${body.id}`)).body.warnings).toEqual([warning]);
    const mended = await app.request('PATCH', `/v1/campaigns/${body.id}`, {
      body: { revision: body.revision, rewards: [wagered({})] },
    });
    expect([mended.status, mended.body.warnings]).toEqual([200, []]);
  });

  it('refuses an edit that would break a rule', async () => {
    const { body } = await save({ rewards: [wagered({})] });
    const edited = await app.request('PATCH', `/v1/campaigns/${body.id}`, {
      body: { revision: body.revision, rewards: [wagered({ multiplier: 1_001 })] },
    });
    expect([edited.status, edited.body.key]).toEqual([422, 'jurisdiction_forbidden']);
  });
});

describe('what another process has changed of the brand just now', () => {
  /** This process keeps the brand as it saw it a moment ago, and is not told. */
  async function movedElsewhere(settings: object) {
    await app.request('GET', '/v1/events?limit=1');
    await app.db.query(
      'update brands set settings = settings || $2, revision = revision + 1 where brand_id = $1',
      [app.brand.brandId, JSON.stringify(settings)],
    );
  }
  const to = (jurisdiction: string) => movedElsewhere({ jurisdiction });
  afterAll(() => moveTo('GB'));
  const atMost = { rewards: [wagered({ multiplier: 3_500 })] };
  const move = (id: string, path: string, body: object = {}) =>
    app.request('POST', `/v1/campaigns/${id}/${path}`, { body });
  const saved = async (differences: object) => {
    await moveTo('default');
    const { status, body } = await save(differences);
    expect(status).toBe(201);
    return body;
  };

  it('holds for what is saved', async () => {
    await moveTo('default');
    await to('GB');
    expect((await save(atMost)).body.key).toBe('jurisdiction_forbidden');
  });

  it('holds for what is edited', async () => {
    const { id, revision } = await saved({ rewards: [wagered({})] });
    await to('GB');
    const edited = await app.request('PATCH', `/v1/campaigns/${id}`, { body: { revision, ...atMost } });
    expect(edited.body.key).toBe('jurisdiction_forbidden');
  });

  it('holds for what is submitted or resumed, though it could be saved before', async () => {
    const [draft, running] = [await saved(atMost), await saved(atMost)];
    expect((await move(running.id, 'submit')).body.status).toBe('active');
    await move(running.id, 'pause', { reason: 'test' });
    await to('GB');
    const submitted = await move(draft.id, 'submit');
    expect([submitted.status, submitted.body.key]).toEqual([422, 'jurisdiction_forbidden']);
    expect(submitted.body.errors).toMatchObject([{ field: 'rewards.0.wagering.multiplier' }]);
    expect((await move(running.id, 'resume')).body.key).toBe('jurisdiction_forbidden');
    await to('default');
    expect((await move(draft.id, 'submit')).body.status).toBe('active');
    expect((await move(running.id, 'resume')).body.status).toBe('active');
  });

  it('holds for who has to agree, and for what is agreed to', async () => {
    const draft = await saved(atMost);
    await movedElsewhere({ approvals: { campaignBudget: {} } });
    const submitted = await move(draft.id, 'submit');
    expect([submitted.status, submitted.body.status]).toEqual([202, 'pending_approval']);
    await to('GB');
    const second = await signInAs(app, 'administrator');
    const { body } = await second.request('POST', `/v1/approvals/${submitted.body.approvalId}/approve`, {
      body: {},
    });
    expect(body).toMatchObject({ status: 'failed', failure: { key: 'jurisdiction_forbidden' } });
    await movedElsewhere({ approvals: {} });
  });

  it('is shown', async () => {
    await moveTo('default');
    await to('GB');
    expect((await app.request('GET', '/v1/brand')).body.settings.jurisdiction).toBe('GB');
  });
});

describe('activating', () => {
  it('grants what is wagered 10×: 500 for a bonus of 50', async () => {
    const { code } = await createOffer(app, { definition: { rewards: [wagered({})] } });
    expect((await activate(app, code, 'ten-times')).status).toBe(201);
    const [grant] = await grantsOf(app, 'ten-times');
    expect(grant).toMatchObject({ amount: 5_000, wageringRequired: 50_000 });
  });

  it('refuses what was saved before it was forbidden, with what it saw and needs', async () => {
    const { campaignId, code } = await createOffer(app, {
      definition: { rewards: [wagered({ multiplier: 3_500 })] },
    });
    const { status, body } = await activate(app, code, 'too-much');
    expect([status, body.key]).toEqual([422, 'jurisdiction_forbidden']);
    expect(body.reasons).toMatchObject([
      {
        check: 'player.jurisdiction',
        key: 'jurisdiction_forbidden',
        saw: [{ jurisdiction: 'GB', field: 'rewards.0.wagering.multiplier', saw: '35× of the bonus' }],
        needs: [{ needs: 'at most 10× of the bonus' }],
      },
    ]);
    const shown = await app.request('GET', `/v1/campaigns/${campaignId}`);
    expect(shown.body.warnings).toMatchObject([{ rule: 'max_wagering', severity: 'forbid', from: null }]);
  });

  it('is under the law of the player’s country as well', async () => {
    await moveTo('MT');
    const { code } = await createOffer(app, { definition: { rewards: [wagered({ multiplier: 3_500 })] } });
    const keyFor = async (id: string, country: string) =>
      (await activate(app, code, { id, currency: 'EUR', country })).body.key;
    expect(await keyFor('in-london', 'GB')).toBe('jurisdiction_forbidden');
    expect(await keyFor('in-berlin', 'DE')).toBeUndefined();

    const open = await save({ rewards: [wagered({ multiplier: 3_500 })] });
    expect([open.status, open.body.warnings]).toMatchObject([
      201,
      [{ jurisdiction: 'GB', severity: 'forbid' }],
    ]);
    const named = { rewards: [wagered({ multiplier: 3_500 })], markets: { countries: ['DE', 'GB'] } };
    expect((await save(named)).body.key).toBe('jurisdiction_forbidden');
    await moveTo('GB');
  });

  it('pays a deposit bonus that was promised while it was allowed', async () => {
    await moveTo('default');
    const { code } = await createOffer(app, {
      definition: {
        rewards: [
          {
            kind: 'deposit',
            matchBps: 10_000,
            cap: { EUR: 1_000 },
            minDeposit: { EUR: 1 },
            wagering: { multiplier: 3_500 },
          },
        ],
      },
    });
    expect((await activate(app, code, 'promised')).status).toBe(201);
    await moveTo('GB');
    await deposit(app, 'promised', { amount: 1_000 });
    expect(await grantsOf(app, 'promised')).toMatchObject([{ status: 'active', amount: 1_000 }]);
  });
});

describe('GET /v1/policies', () => {
  it('lists the packs with their rules, sources and dates', async () => {
    const { status, body } = await app.request('GET', '/v1/policies');
    expect(status).toBe(200);
    const packs = z.array(PolicyPack).parse(body.items);
    expect(packs.map(({ jurisdiction }) => jurisdiction).sort()).toEqual(['GB', 'MT', 'default']);
    expect(packs.find(({ jurisdiction }) => jurisdiction === 'GB')?.rules).toContainEqual({
      rule: 'max_wagering',
      severity: 'forbid',
      summary: expect.stringContaining('10 times'),
      maximum: 1_000,
      source: { title: expect.stringContaining('SR Code 5.1.1'), url: expect.stringMatching(/^https:/) },
      from: '2026-01-19T00:00:00.000Z',
      until: null,
      inForce: Date.now() >= Date.parse('2026-01-19'),
    });
  });

  it('is for those who may see campaigns', async () => {
    const ask = async (key: string) => (await app.request('GET', '/v1/policies', { key })).status;
    expect(await ask(await app.key(['campaigns:read']))).toBe(200);
    expect(await ask(await app.key(['bonuses:read']))).toBe(403);
  });
});

it('knows no other jurisdictions', async () => {
  const { body: brand } = await app.request('GET', '/v1/brand');
  const { status } = await app.request('PATCH', '/v1/brand', {
    body: { revision: brand.revision, jurisdiction: 'XX' },
  });
  expect(status).toBe(422);
});
