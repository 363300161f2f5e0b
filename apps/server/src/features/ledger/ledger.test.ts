import { afterAll, beforeAll, describe, expect, it, test } from 'vitest';
import { activate, deposit, reverse } from '../../testing/actions.ts';
import { createOffer } from '../../testing/fixtures.ts';
import { startTestApp, type TestApp, type TestRequest } from '../../testing/test-app.ts';

let app: TestApp;
/** Grants of ann: one of 10.00, one of 5.00 and 2.00 by a deposit, and one of 10.00 that was taken back. */
const grants: string[] = [];

const wagering = { multiplier: 100 };
beforeAll(async () => {
  app = await startTestApp();
  const direct = await createOffer(app);
  const onDeposit = await createOffer(app, {
    definition: {
      rewards: [
        { kind: 'deposit', matchBps: 10_000, cap: { EUR: 500 }, minDeposit: { EUR: 1 }, wagering },
        { kind: 'bonus_balance', amount: { EUR: 200 }, wagering },
      ],
    },
  });
  for (const { code } of [direct, onDeposit, direct]) {
    const { body } = await activate(app, code, 'ann');
    grants.push(...body.grants.map(({ id }: { id: string }) => id));
    if (grants.length === 3) await deposit(app, 'ann', { amount: 500 });
    if (grants.length === 4) await reverse(app, body.id);
  }
  await activate(app, direct.code, 'bob');
});
afterAll(() => app.close());

const list = (query = '', options: TestRequest = {}) =>
  app.request('GET', `/v1/ledger/postings${query}`, options);
const amounts = async (query: string, options?: TestRequest): Promise<number[]> =>
  (await list(query, options)).body.items.map(({ amount }: { amount: number }) => amount);

describe('GET /v1/ledger/postings', () => {
  it('shows a posting', async () => {
    const { status, body } = await list(`?grantId=${grants[0]}`);
    expect(status).toBe(200);
    expect(body).toEqual({
      items: [
        {
          id: expect.any(String),
          transactionId: expect.any(String),
          player: 'ann',
          grantId: grants[0],
          kind: 'bonus_granted',
          debit: 'house:bonus_expense',
          credit: `player:bonus:${grants[0]}`,
          amount: 1_000,
          currency: 'EUR',
          createdAt: expect.any(String),
        },
      ],
      nextCursor: null,
    });
  });

  test.each<[string, number]>([
    ['', 7],
    ['?player=ann', 6],
    ['?player=bob', 1],
    ['?player=nobody', 0],
    ['?kind=bonus_reversed', 1],
    ['?player=ann&kind=bonus_granted', 4],
    ['?from=2000-01-01T00:00:00Z', 7],
    ['?to=2000-01-01T00:00:00Z', 0],
    ['?from=0001-01-02T00:00:00Z&to=9999-12-30T23:59:59Z', 7],
  ])('%s: %i', async (query, count) => {
    expect(await amounts(query)).toHaveLength(count);
  });

  it('of a grant, with its reversal first', async () => {
    const { items } = (await list(`?grantId=${grants[3]}`)).body;
    expect(items.map(({ kind }: { kind: string }) => kind)).toEqual(['bonus_reversed', 'bonus_granted']);
    expect(await amounts(`?grantId=${grants[3]}&player=bob`)).toEqual([]);
  });

  it('of a transaction: everything one deposit paid', async () => {
    const [posting] = (await list(`?grantId=${grants[1]}`)).body.items;
    expect((await amounts(`?transactionId=${posting.transactionId}`)).sort()).toEqual([200, 500]);
  });

  it('in pages that may end within a transaction', async () => {
    const whole = (await list()).body.items;
    const pages: unknown[] = [];
    let cursor: string | null = '';
    do {
      const { body } = await list(`?limit=1${cursor && `&cursor=${cursor}`}`);
      pages.push(...body.items);
      cursor = body.nextCursor;
    } while (cursor);
    expect(pages).toEqual(whole);
    const transactions = whole.map(({ transactionId }: { transactionId: string }) => transactionId);
    expect(transactions).toEqual(transactions.toSorted().reverse());
  });

  test.each(['?cursor=forged', '?cursor=WyIwMTkzMDAwMCJd', '?kind=gift', '?grantId=1', '?payer=ann'])(
    '%s is refused',
    async (query) => {
      expect(await list(query)).toMatchObject({ status: 422, body: { key: 'invalid_request' } });
    },
  );

  it('is for those who may read the ledger, of their brand', async () => {
    expect((await list('', { key: await app.key(['bonuses:read']) })).status).toBe(403);
    expect((await list('', { key: await app.playerToken('ann') })).status).toBe(403);
    expect(await amounts('', { key: await app.key(['ledger:read']) })).toHaveLength(7);
    const { ownerKey: key } = await app.anotherBrand();
    expect(await amounts('', { key })).toEqual([]);
    expect(await amounts(`?grantId=${grants[0]}`, { key })).toEqual([]);
  });
});
