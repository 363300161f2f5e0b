import type { Report } from '@promosmith/contract';
import { parse } from 'csv-parse/sync';
import { parquetReadObjects } from 'hyparquet';
import { afterAll, beforeAll, describe, expect, it, test } from 'vitest';
import { activate } from '../../testing/actions.ts';
import { createOffer } from '../../testing/fixtures.ts';
import { startTestApp, type TestApp } from '../../testing/test-app.ts';
import { signInAs, type TestMember } from '../../testing/test-staff.ts';
import { countAll } from '../analytics/testing.ts';
import { createExperiment } from '../experiments/testing.ts';

let app: TestApp;
let [ann, bob]: TestMember[] = [];
let offer: Awaited<ReturnType<typeof createOffer>>;

const PLAYERS = 25;
beforeAll(async () => {
  app = await startTestApp({ config: { backgroundWork: false }, brand: { timeZone: 'Europe/Malta' } });
  [ann, bob] = [await signInAs(app, 'data_analyst'), await signInAs(app, 'marketing')];
  offer = await createOffer(app, { definition: { limits: [{ scope: 'player', max: 1 }] } });
  for (let n = 0; n < PLAYERS; n++) await activate(app, offer.code, `player-${n}`);
  await activate(app, offer.code, 'player-0');
  await activate(app, 'NO-SUCH-CODE', 'player-1');
  await countAll(app);
  await app.db.query(
    `insert into player_days (player_id, day, currency, brand_id, bets, staked, bonus_staked, won, deposits, deposited, withdrawn, bonus_cost)
     select player_id, (now() at time zone 'Europe/Malta')::date, 'EUR', brand_id, 2, 500, 100, 300, 1, 5000, 0, 20 from players on conflict do nothing`,
  );
  await app.db.query('update players set registered_at = now()');
  await createExperiment(app);
});
afterAll(() => app.close());

const TODAY = { kind: 'days', from: '2000-01-01', to: '2000-01-02' } as const;
const dayIn = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
/** Today and tomorrow, so that midnight passes unnoticed. */
const now = (): { kind: 'days'; from: string; to: string } => {
  return { ...TODAY, from: dayIn(-1), to: dayIn(1) };
};
const inputOf = (differences: object = {}) => ({
  ...{ name: 'Every try', kind: 'activations', filters: { period: now() } },
  ...differences,
});

async function save(by: TestMember | undefined, differences: object = {}): Promise<Report> {
  const answer = await by?.request('POST', '/v1/reports', { body: inputOf(differences) });
  expect(answer?.status, JSON.stringify(answer?.body)).toBe(201);
  return answer?.body;
}

it('is saved on one connection: who holds it asks for no other', async () => {
  await using one = await startTestApp({ config: { backgroundWork: false, databasePoolSize: 1 } });
  const post = () => one.request('POST', '/v1/reports', { body: inputOf() });
  const saved = await Promise.all(Array.from({ length: 4 }, post));
  expect(saved.map(({ status }) => status)).toEqual([201, 201, 201, 201]);
});

describe('a report', () => {
  it('is its owner’s alone until it is shared, and changed by nobody else', async () => {
    const { id } = await save(ann);
    expect((await bob?.request('GET', `/v1/reports/${id}`))?.status).toBe(404);
    expect((await bob?.request('PUT', `/v1/reports/${id}`, { body: inputOf() }))?.status).toBe(404);
    expect(
      (await ann?.request('PUT', `/v1/reports/${id}`, { body: inputOf({ shared: true }) }))?.body,
    ).toMatchObject({
      ...{ shared: true, revision: 2 },
    });
    expect((await bob?.request('GET', `/v1/reports/${id}`))?.status).toBe(200);
    expect((await bob?.request('GET', `/v1/reports/${id}/rows`))?.status).toBe(200);
    for (const [method, body] of [
      ['PUT', inputOf()],
      ['DELETE', undefined],
    ] as const)
      expect((await bob?.request(method, `/v1/reports/${id}`, { body }))?.status).toBe(403);
    expect((await ann?.request('DELETE', `/v1/reports/${id}`))?.status).toBe(204);
    expect((await ann?.request('GET', `/v1/reports/${id}`))?.status).toBe(404);
  });

  it('is not seen by another brand, shared or not', async () => {
    const { id } = await save(ann, { shared: true });
    const { ownerKey } = await app.anotherBrand();
    for (const path of ['', '/rows', '/csv', '/xlsx', '/parquet', '/mails'])
      expect((await app.request('GET', `/v1/reports/${id}${path}`, { key: ownerKey })).status, path).toBe(
        404,
      );
    expect((await app.request('DELETE', `/v1/reports/${id}`, { key: ownerKey })).status).toBe(404);
  });

  it('is changed on the revision that its owner saw', async () => {
    const { id } = await save(ann);
    const change = (revision: number) =>
      ann?.request('PUT', `/v1/reports/${id}`, { body: inputOf({ name: 'New', revision }) });
    expect((await change(1))?.status).toBe(200);
    expect((await change(1))?.body).toMatchObject({ key: 'revision_conflict' });
  });

  it.each([
    ['a kind there is not', { kind: 'horoscopes' }, 'kind'],
    ['a column there is not', { columns: ['time', 'sign'] }, 'columns.1'],
    ['a column twice', { columns: ['time', 'time'] }, 'columns'],
    [
      'a filter that is not the kind’s',
      { kind: 'refusals', filters: { period: TODAY, player: 'x' } },
      'filters.player',
    ],
    [
      'a period that ends before it begins',
      { filters: { period: { ...TODAY, to: '1999-12-31' } } },
      'filters.period.to',
    ],
    [
      'a period that is too long',
      { filters: { period: { ...TODAY, to: '2001-02-05' } } },
      'filters.period.from',
    ],
  ])('is not saved with %s', async (_, differences, field) => {
    const answer = await ann?.request('POST', '/v1/reports', { body: inputOf(differences) });
    expect(answer).toMatchObject({ status: 422, body: { key: 'invalid_request', errors: [{ field }] } });
  });
});

test('every column of every kind is told of, and read', async () => {
  const { items } = (await app.request('GET', '/v1/report-kinds')).body;
  expect(items.length).toBeGreaterThanOrEqual(9);
  for (const { kind, columns } of items) {
    for (const { definition } of columns) expect(definition).toMatch(/\w{3}/);
    const { id } = await save(ann, { kind, filters: { period: { ...now(), from: dayIn(-40) } } });
    const { status, body } = (await ann?.request('GET', `/v1/reports/${id}/rows`)) ?? {};
    expect(status, kind).toBe(200);
    expect(body.columns).toEqual(columns.map(({ name }: { name: string }) => name));
    expect(body.rows.length, kind).toBeGreaterThan(0);
    for (const row of body.rows) expect(row).toHaveLength(columns.length);
  }
});

test('pages hold each row once, the newest first', async () => {
  const { id } = await save(ann, { columns: ['activation_id', 'player', 'outcome'] });
  const rows: string[][] = [];
  for (let cursor = ''; ; ) {
    const { body } = (await ann?.request('GET', `/v1/reports/${id}/rows?limit=7${cursor}`)) ?? {};
    rows.push(...body.rows);
    if (body.nextCursor === null) break;
    cursor = `&cursor=${body.nextCursor}`;
  }
  const { rows: stored } = await app.db.query<{ id: string; player: string; outcome: string }>(
    'select activation_id as id, player_external_id as player, outcome from activations where brand_id = $1 order by activation_id desc',
    [app.brand.brandId],
  );
  expect(rows).toEqual(stored.map(({ id: of, player, outcome }) => [of, player, outcome]));
  expect((await ann?.request('GET', `/v1/reports/${id}/rows?cursor=bm9uc2Vuc2U`))?.status).toBe(422);
});

describe('what a report is of', () => {
  const KINDS = [
    ['campaigns', 'analytics:read'],
    ['activations', 'activations:read'],
    ['refusals', 'analytics:read'],
    ['bonuses', 'bonuses:read'],
    ['transactions', 'ledger:read'],
    ['player_days', 'players:read'],
    ['cohorts_by_week', 'analytics:read'],
    ['cohorts_by_month', 'analytics:read'],
    ['experiments', 'analytics:read'],
  ] as const;

  it.each(KINDS)('is read by nobody who may not read it otherwise: %s', async (kind, permission) => {
    const [key, other] = [await app.key(['reports:write']), await app.key(['reports:write', permission])];
    const ask = (method: string, path: string, by: string, body?: object) =>
      app.request(method, path, { key: by, ...(body && { body }) });
    const { id } = await save(ann, { kind, shared: true });
    for (const path of ['rows', 'csv', 'xlsx', 'parquet']) {
      const refused = await ask('GET', `/v1/reports/${id}/${path}`, key);
      expect(refused, path).toMatchObject({ status: 403, body: { key: 'forbidden' } });
      expect(refused.body.detail).toContain(permission);
    }
    expect((await ask('GET', `/v1/reports/${id}/rows`, other)).status).toBe(200);
    expect((await ask('POST', '/v1/reports', key, inputOf({ kind }))).status).toBe(403);
    expect((await ask('POST', '/v1/reports', other, inputOf({ kind }))).status).toBe(201);
    expect((await ask('GET', '/v1/report-kinds', key)).body.items).toEqual([]);
    const told = (await ask('GET', '/v1/report-kinds', other)).body.items;
    expect(told.map((one: { kind: string }) => one.kind)).toEqual(
      KINDS.filter(([, needed]) => needed === permission).map(([of]) => of),
    );
  });

  it('is not changed to what its owner may not read', async () => {
    const key = await app.key(['reports:write', 'bonuses:read']);
    const { body } = await app.request('POST', '/v1/reports', { key, body: inputOf({ kind: 'bonuses' }) });
    const change = (kind: string) =>
      app.request('PUT', `/v1/reports/${body.id}`, { key, body: inputOf({ kind }) });
    expect((await change('transactions')).status).toBe(403);
    expect((await change('bonuses')).status).toBe(200);
  });
});

test('a cursor that was made up is refused', async () => {
  const { id } = await save(ann, { kind: 'player_days' });
  const player = crypto.randomUUID();
  for (const key of [
    ['2026-01-01', player, '\u0000'],
    ['0000-01-01', player, 'EUR'],
    ['2026-01-01', player, 'x'.repeat(5_000)],
  ]) {
    const cursor = Buffer.from(JSON.stringify(key)).toString('base64url');
    const { status, body } = (await ann?.request('GET', `/v1/reports/${id}/rows?cursor=${cursor}`)) ?? {};
    expect([status, body.errors?.[0].field], key.join()).toEqual([422, 'query.cursor']);
  }
});

test('filters leave out what they are for', async () => {
  const { id } = await save(ann, {
    filters: { period: now(), campaignId: offer.campaignId, player: 'player-0' },
  });
  expect((await ann?.request('GET', `/v1/reports/${id}/rows`))?.body.rows).toHaveLength(2);
  const empty = await save(ann, { filters: { period: TODAY } });
  expect((await ann?.request('GET', `/v1/reports/${empty.id}/rows`))?.body).toMatchObject({
    ...{
      rows: [],
      nextCursor: null,
      period: { from: '2000-01-01', to: '2000-01-02', timeZone: 'Europe/Malta' },
    },
  });
});

test('numbers of a campaign are those of what happened', async () => {
  const columns = ['campaign_id', 'currency', 'accepted', 'refused', 'grants', 'granted'];
  const { id } = await save(ann, { kind: 'campaigns', columns });
  expect((await ann?.request('GET', `/v1/reports/${id}/rows`))?.body.rows).toEqual([
    [offer.campaignId, 'EUR', 0, 0, PLAYERS, PLAYERS * 1_000],
    [offer.campaignId, '', PLAYERS, 1, 0, 0],
  ]);
});

test('files hold what pages do, and who took one is written down', async () => {
  const { id } = await save(ann, { columns: ['player', 'outcome', 'refusal_key', 'version'] });
  const { rows } = (await ann?.request('GET', `/v1/reports/${id}/rows?limit=200`))?.body ?? {};
  const fetched = async (format: string) => {
    const cookie = [...(ann?.cookies ?? [])].map(([name, value]) => `${name}=${value}`).join('; ');
    const answer = await fetch(`${app.url}/v1/reports/${id}/${format}`, { headers: { cookie } });
    expect(answer.status).toBe(200);
    return answer.arrayBuffer();
  };
  const [, ...csv] = parse(Buffer.from(await fetched('csv'))) as string[][];
  expect(csv).toEqual(rows.map((row: unknown[]) => row.map((cell) => String(cell ?? ''))));
  const parquet = await parquetReadObjects({ file: await fetched('parquet') });
  expect(parquet.map(({ player }) => player)).toEqual(rows.map(([player]: string[]) => player));
  expect(new Uint8Array(await fetched('xlsx')).slice(0, 2)).toEqual(new Uint8Array([0x50, 0x4b]));
  const { rows: taken } = await app.db.query<{ n: number }>(
    "select count(*) as n from audit_log where action = 'report.exported' and target_id = $1",
    [id],
  );
  expect(taken[0]?.n).toBe(3);
});
