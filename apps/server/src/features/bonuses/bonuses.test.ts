import { afterAll, beforeAll, describe, expect, it, test } from 'vitest';
import { activate, deposit, reverse } from '../../testing/actions.ts';
import { createOffer } from '../../testing/fixtures.ts';
import { startTestApp, type TestApp, type TestRequest } from '../../testing/test-app.ts';

let app: TestApp;
let direct: { campaignId: string; code: string };
let onDeposit: { campaignId: string; code: string };
const ids: string[] = [];

const DEPOSIT = {
  kind: 'deposit' as const,
  matchBps: 5_000,
  cap: { EUR: 20_000 },
  minDeposit: { EUR: 2_000 },
  wagering: { multiplier: 3_333 },
};

/** Seven bonuses, newest last: ann has four, of which one was taken back; bob has three that wait. */
beforeAll(async () => {
  app = await startTestApp();
  direct = await createOffer(app);
  onDeposit = await createOffer(app, { definition: { rewards: [DEPOSIT] } });
  const grant = async (code: string, player: string) => {
    const { body } = await activate(app, code, player);
    ids.push(body.grants[0].id);
    return body.id;
  };
  for (let n = 0; n < 3; n++) await grant(direct.code, 'ann');
  for (let n = 0; n < 3; n++) await grant(onDeposit.code, 'bob');
  await reverse(app, await grant(direct.code, 'ann'));
});
afterAll(() => app.close());

const list = (query = '', options: TestRequest = {}) => app.request('GET', `/v1/grants${query}`, options);
/** Positions in the order of creation of the grants a list shows. */
const shown = async (query: string, options?: TestRequest): Promise<number[]> =>
  (await list(query, options)).body.items.map(({ id }: { id: string }) => ids.indexOf(id));

describe('GET /v1/grants', () => {
  it('shows a bonus', async () => {
    const { status, body } = await list('?player=ann&limit=1');
    expect(status).toBe(200);
    expect(body.items).toEqual([
      {
        id: ids[6],
        player: 'ann',
        kind: 'bonus_balance',
        status: 'cancelled',
        campaignId: direct.campaignId,
        campaignVersion: 1,
        activationId: expect.any(String),
        source: null,
        parentGrantId: null,
        keptOutside: false,
        amount: 1_000,
        balance: 0,
        converted: 0,
        convertsAtMost: null,
        currency: 'EUR',
        wageringRequired: 35_000,
        wagered: 0,
        remaining: 0,
        grantedAt: expect.any(String),
        expiresAt: expect.any(String),
        createdAt: expect.any(String),
        changedAt: expect.any(String),
      },
    ]);
  });

  test.each<[string, number[]]>([
    ['', [6, 5, 4, 3, 2, 1, 0]],
    ['?player=ann', [6, 2, 1, 0]],
    ['?player=nobody', []],
    ['?status=active', [2, 1, 0]],
    ['?status=cancelled', [6]],
    ['?kind=deposit', [5, 4, 3]],
    ['?player=ann&kind=deposit', []],
    ['?from=2000-01-01T00:00:00Z&to=2999-01-01T00:00:00Z', [6, 5, 4, 3, 2, 1, 0]],
    ['?from=2999-01-01T00:00:00Z', []],
    ['?to=0001-01-01T00:00:00Z', []],
  ])('%s', async (query, found) => {
    expect(await shown(query)).toEqual(found);
  });

  it('of a campaign', async () => {
    expect(await shown(`?campaignId=${onDeposit.campaignId}`)).toEqual([5, 4, 3]);
  });

  it('from an instant on, and before it', async () => {
    const { createdAt } = (await list('?limit=1&player=bob')).body.items[0];
    expect(await shown(`?from=${createdAt}`)).toEqual([6, 5]);
    expect(await shown(`?to=${createdAt}`)).toEqual([4, 3, 2, 1, 0]);
  });

  it('in pages', async () => {
    const seen: number[] = [];
    let cursor: string | null = '';
    do {
      const { body } = await list(`?limit=3${cursor && `&cursor=${cursor}`}`);
      seen.push(...body.items.map(({ id }: { id: string }) => ids.indexOf(id)));
      cursor = body.nextCursor;
    } while (cursor);
    expect(seen).toEqual([6, 5, 4, 3, 2, 1, 0]);
  });

  test.each(['?cursor=forged', '?cursor=WyJub3QgYW4gaWQiXQ', '?status=gone', '?limit=0', '?payer=ann'])(
    '%s is refused',
    async (query) => {
      expect(await list(query)).toMatchObject({ status: 422, body: { key: 'invalid_request' } });
    },
  );

  it('gives a player token its own bonuses, whoever else has some', async () => {
    const key = await app.playerToken('bob');
    expect(await shown('', { key })).toEqual([5, 4, 3]);
    expect(await list('?player=ann', { key })).toMatchObject({
      status: 422,
      body: { errors: [{ field: 'query.player' }] },
    });
  });

  it('shows nothing of another brand', async () => {
    const { ownerKey: key } = await app.anotherBrand();
    expect(await shown('', { key })).toEqual([]);
    expect(await shown(`?campaignId=${direct.campaignId}`, { key })).toEqual([]);
  });

  it('needs the scope', async () => {
    expect((await list('', { key: await app.key(['ledger:read']) })).status).toBe(403);
    expect((await list('', { key: await app.key(['bonuses:read']) })).status).toBe(200);
    expect((await list('', { key: await app.publishableKey() })).status).toBe(403);
    expect((await list('', { key: null })).status).toBe(401);
  });
});

describe('GET /v1/grants/:grantId', () => {
  const get = (id: string | undefined, options?: TestRequest) =>
    app.request('GET', `/v1/grants/${id}`, options);

  it('tells the terms it was issued under, whatever the campaign says by now', async () => {
    await app.db.query(
      `insert into campaign_versions (campaign_id, version, definition, created_by)
       select campaign_id, 2, replace(definition::text, '3333', '9999')::json, created_by from campaign_versions
       where campaign_id = $1`,
      [onDeposit.campaignId],
    );
    await app.db.query('update campaigns set version = 2 where campaign_id = $1', [onDeposit.campaignId]);
    const { status, body } = await get(ids[3]);
    expect(status).toBe(200);
    expect(body).toMatchObject({
      id: ids[3],
      status: 'pending',
      campaignVersion: 1,
      amount: 0,
      grantedAt: null,
      reward: { kind: 'deposit', matchBps: 5_000, wagering: { multiplier: 3_333, base: 'bonus' } },
      terms: { significant: 'For tests.', full: '' },
    });
  });

  it('shows the turnover rounded up to a whole minor unit', async () => {
    const { body } = await activate(app, onDeposit.code, 'odd');
    await deposit(app, 'odd', { amount: 2_002 });
    // 10.01 × 99.99: the campaign is at its second version by now.
    expect((await get(body.grants[0].id)).body).toMatchObject({ amount: 1_001, wageringRequired: 100_090 });
  });

  it('is not found when there is none, or another brand has it', async () => {
    expect((await get('01930000-0000-7000-8000-00000000dead')).status).toBe(404);
    const { ownerKey: key } = await app.anotherBrand();
    expect((await get(ids[0], { key })).status).toBe(404);
  });

  it('shows a player token its own, with the terms as accepted, and nothing that staff noted', async () => {
    await app.db.query(`update grants set ended_reason = 'looked odd' where grant_id = $1`, [ids[3]]);
    const { status, body } = await get(ids[3], { key: await app.playerToken('bob') });
    expect(status).toBe(200);
    expect(body).toMatchObject({ id: ids[3], terms: { significant: 'For tests.' } });
    expect(body).not.toHaveProperty('endedReason');
    expect((await get(ids[3])).body).toHaveProperty('endedReason', 'looked odd');
    expect((await get(ids[3], { key: await app.playerToken('ann') })).status).toBe(404);
  });

  it('tells how far the turnover is, and the most that becomes real money', async () => {
    const limited = await createOffer(app, {
      definition: {
        rewards: [
          {
            kind: 'bonus_balance',
            amount: { EUR: 1_000 },
            wagering: { multiplier: 3_500, maxConversion: { amounts: { EUR: 8_000 }, timesBonus: 500 } },
          },
        ],
      },
    });
    const { body: activated } = await activate(app, limited.code, 'lim');
    const [{ id }] = activated.grants;
    await app.db.query('update grants set wagered = 105000001 where grant_id = $1', [id]);
    expect((await get(id)).body).toMatchObject({
      convertsAtMost: 5_000,
      wageringRequired: 35_000,
      wagered: 10_500,
      remaining: 24_500,
    });
  });
});
