import { afterAll, beforeAll, describe, expect, it, test } from 'vitest';
import { activate, reverse } from '../../testing/actions.ts';
import { createOffer } from '../../testing/fixtures.ts';
import { startTestApp, type TestApp, type TestRequest } from '../../testing/test-app.ts';

let app: TestApp;
let campaignId: string;
/** Two bonuses of 10.00 of ann, the older first, one of bob that was taken back. */
let first: string;
let second: string;
let bobs: string;

interface TestBet {
  id: string;
  stake: number;
  win?: number;
  /** Parts of bonuses: [grant, stake, win]. */
  parts?: [grantId: string, stake: number, win: number][];
  unbooked?: boolean;
  /** Seconds after the bonuses were issued. */
  after?: number;
}

async function bet({ id, stake, win = 0, parts = [], unbooked = false, after = 1 }: TestBet) {
  const [one, ...further] = parts;
  const sum = (at: 1 | 2) => parts.reduce((total, part) => total + part[at], 0);
  await app.db.query(
    `insert into bets (player_id, bet_id, brand_id, round_id, game, currency, stake, win, bonus_stake, bonus_win, grant_id,
       further, unbooked, at, received_at)
     select player_id, $2, brand_id, $2, '=book', 'EUR', $3, $4, $5, $6, $7, $8, $9, now() + $10 * interval '1 s',
       now() + $10 * interval '1 s'
     from players where external_id = $1`,
    [
      'ann',
      id,
      stake,
      win,
      sum(1),
      sum(2),
      one?.[0] ?? null,
      further.length > 0 ? JSON.stringify(further) : null,
      unbooked,
      after,
    ],
  );
}

beforeAll(async () => {
  app = await startTestApp();
  const offer = await createOffer(app);
  campaignId = offer.campaignId;
  const grant = async (player: string) => (await activate(app, offer.code, player)).body;
  first = (await grant('ann')).grants[0].id;
  second = (await grant('ann')).grants[0].id;
  const taken = await grant('bob');
  bobs = taken.grants[0].id;
  await reverse(app, taken.id);

  await bet({ id: 'real', stake: 500, win: 100, after: 1 });
  await bet({ id: 'mixed', stake: 300, win: 90, parts: [[first, 200, 60]], after: 2 });
  await bet({
    id: 'two',
    stake: 900,
    win: 9,
    parts: [
      [first, 860, 6],
      [second, 40, 3],
    ],
    after: 3,
  });
  await bet({ id: 'late', stake: 70, unbooked: true, after: 4 });
  await bet({ id: 'last', stake: 3, win: 400, parts: [[second, 3, 400]], after: 5 });
  await app.db.query('update grants set changed_at = now() + interval $$5 s$$ where status = $$active$$');
});
afterAll(() => app.close());

const list = (query = '', options: TestRequest = {}) =>
  app.request('GET', `/v1/ledger/transactions${query}`, options);
type Line = {
  grantId: string;
  kind: string;
  change: number;
  balance: number;
  line: number;
  betId: string | null;
};
const lines = async (query: string, options?: TestRequest): Promise<Line[]> =>
  (await list(query, options)).body.items;
const told = async (query: string) =>
  (await lines(query)).map(({ line, kind, change, balance, betId }) => [line, kind, betId, change, balance]);

describe('the statement of a bonus', () => {
  it('is every movement, the newest first, with the balance after it', async () => {
    expect(await told(`?grantId=${first}`)).toEqual([
      [5, 'win', 'two', 6, 6],
      [4, 'stake', 'two', -860, 0],
      [3, 'win', 'mixed', 60, 860],
      [2, 'stake', 'mixed', -200, 800],
      [1, 'bonus_granted', null, 1_000, 1_000],
    ]);
    expect(await told(`?grantId=${second}`)).toEqual([
      [5, 'win', 'last', 400, 1_360],
      [4, 'stake', 'last', -3, 960],
      [3, 'win', 'two', 3, 963],
      [2, 'stake', 'two', -40, 960],
      [1, 'bonus_granted', null, 1_000, 1_000],
    ]);
    expect(await told(`?grantId=${bobs}`)).toEqual([
      [2, 'bonus_reversed', null, -1_000, 0],
      [1, 'bonus_granted', null, 1_000, 1_000],
    ]);
  });

  it('says what a line is about', async () => {
    const [win, , , , granted] = (await list(`?grantId=${first}`)).body.items;
    expect(win).toEqual({
      grantId: first,
      line: 5,
      player: 'ann',
      campaignId,
      kind: 'win',
      debit: 'house:gaming',
      credit: `player:bonus:${first}`,
      amount: 6,
      currency: 'EUR',
      change: 6,
      balance: 6,
      transactionId: null,
      betId: 'two',
      game: '=book',
      happenedAt: expect.stringMatching(/Z$/),
      bookedAt: expect.stringMatching(/Z$/),
    });
    expect(granted).toMatchObject({ transactionId: expect.any(String), betId: null, game: null });
  });

  it('counts lines that a filter leaves out', async () => {
    expect(await told(`?grantId=${first}&kind=win`)).toEqual([
      [5, 'win', 'two', 6, 6],
      [3, 'win', 'mixed', 60, 860],
    ]);
  });
});

describe('GET /v1/ledger/transactions', () => {
  test.each<[string, number]>([
    ['', 12],
    ['?player=ann', 10],
    ['?player=bob', 2],
    ['?player=nobody', 0],
    ['?kind=stake', 4],
    ['?from=2000-01-01T00:00:00Z', 12],
    ['?from=9999-01-01T00:00:00Z', 0],
    ['?to=2000-01-01T00:00:00Z', 0],
    ['?to=9999-01-01T00:00:00Z', 12],
  ])('%s: %i lines', async (query, count) => {
    expect(await lines(query)).toHaveLength(count);
  });

  it('lists a campaign bonus by bonus, the newest first', async () => {
    const found = await lines(`?campaignId=${campaignId}`);
    expect([...new Set(found.map(({ grantId }) => grantId))]).toEqual([bobs, second, first]);
    expect(await lines(`?campaignId=${first}`)).toEqual([]);
  });

  it('comes in pages that may end within a bonus', async () => {
    for (const limit of [1, 3]) {
      const pages: Line[] = [];
      let cursor: string | null = '';
      do {
        const { body } = await list(`?limit=${limit}${cursor && `&cursor=${cursor}`}`);
        pages.push(...body.items);
        cursor = body.nextCursor;
      } while (cursor);
      expect(pages).toEqual(await lines(''));
    }
  });

  test.each(['?cursor=forged', '?cursor=WyIxIiwiMiJd', '?kind=gift', '?grantId=1', '?payer=ann'])(
    '%s is refused',
    async (query) => {
      expect(await list(query)).toMatchObject({ status: 422, body: { key: 'invalid_request' } });
    },
  );

  it('is for those who may read the ledger, of their brand', async () => {
    expect((await list('', { key: await app.key(['bonuses:read']) })).status).toBe(403);
    expect((await list('', { key: await app.playerToken('ann') })).status).toBe(403);
    const { ownerKey: key } = await app.anotherBrand();
    expect(await lines('', { key })).toEqual([]);
    expect(await lines(`?grantId=${first}`, { key })).toEqual([]);
  });
});

describe('the export', () => {
  const fetchCsv = async (query = '', options: TestRequest = {}) => {
    const { status, headers, body } = await app.request(
      'GET',
      `/v1/ledger/transactions/export${query}`,
      options,
    );
    return { status, type: headers.get('content-type'), rows: String(body).trimEnd().split('\r\n') };
  };

  it('has the same lines as the list, safe for spreadsheets', async () => {
    const { status, type, rows } = await fetchCsv(`?grantId=${first}`);
    expect([status, type]).toEqual([200, 'text/csv; charset=utf-8']);
    const [header = '', ...body] = rows;
    const columns = header.split(',');
    const cells = body.map((row) =>
      Object.fromEntries(row.split(',').map((cell, at) => [columns[at], cell])),
    );
    expect(
      cells.map(({ line, kind, change_minor, balance_minor }) => [line, kind, change_minor, balance_minor]),
    ).toEqual([
      ['5', 'win', '6', '6'],
      ['4', 'stake', '-860', '0'],
      ['3', 'win', '60', '860'],
      ['2', 'stake', '-200', '800'],
      ['1', 'bonus_granted', '1000', '1000'],
    ]);
    expect(cells[0]).toMatchObject({
      grant: first,
      player: 'ann',
      campaign: campaignId,
      bet: 'two',
      game: "'=book",
    });
  });

  it('goes on past what is read at once', async () => {
    await app.db.query(
      `insert into bets (player_id, bet_id, brand_id, round_id, game, currency, stake, win, bonus_stake, bonus_win, grant_id,
         at, received_at)
       select player_id, 'many-' || n, brand_id, 'many', 'slots', 'EUR', 1, 1, 1, 1, $1, now() + interval '1 h',
         now() + interval '1 h'
       from players, generate_series(1, 1300) n where external_id = 'ann'`,
      [second],
    );
    const { rows } = await fetchCsv('?player=ann');
    expect(rows).toHaveLength(1 + 10 + 2 * 1_300);
    expect(new Set(rows).size).toBe(rows.length);
    await app.db.query(`delete from bets where round_id = 'many'`);
  });

  it('is for those who may read the ledger', async () => {
    expect((await fetchCsv('', { key: await app.key(['bonuses:read']) })).status).toBe(403);
    const { ownerKey: key } = await app.anotherBrand();
    expect((await fetchCsv('', { key })).rows).toHaveLength(1);
  });
});
