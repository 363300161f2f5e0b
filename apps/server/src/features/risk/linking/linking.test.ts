import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { playerId } from '../../../platform/ids.ts';
import { createOffer } from '../../../testing/fixtures.ts';
import { startTestApp, type TestApp } from '../../../testing/test-app.ts';
import { linkAll } from '../testing.ts';
import { createGroups } from './components.ts';

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp({ config: { backgroundWork: false } });
});
afterAll(() => app.close());

const idOf = (name: string): string => playerId(app.brand.brandId, name);
let told = 0;

async function tell(player: string, type: string, data: object): Promise<void> {
  const event = { id: `e${++told}`, time: new Date().toISOString(), player, type, data };
  const { body } = await app.request('POST', '/v1/events', { body: { events: [event] } });
  expect(body.results).toMatchObject([{ status: 'accepted' }]);
}

/** What is linked with a player: kinds, and how many accounts have each. */
async function linksOf(name: string): Promise<string[]> {
  const { rows } = await app.db.query<{ kind: string; players: number }>(
    `select i.kind, i.players from risk_links l join risk_identifiers i on i.identifier_key = l.identifier_key
     where l.player_id = $1 and l.removed_at is null order by i.kind, i.players`,
    [idOf(name)],
  );
  return rows.map(({ kind, players }) => `${kind} ${players}`);
}

async function clusterOf(name: string): Promise<string | null | undefined> {
  const { rows } = await app.db.query<{ cluster_id: string | null }>(
    'select cluster_id from risk_profiles where player_id = $1',
    [idOf(name)],
  );
  return rows[0]?.cluster_id;
}

describe('what accounts are known by', () => {
  test('is told by registrations, logins and deposits, and linked in the background', async () => {
    await tell('ann', 'player.registered', {
      email: 'An.n+1@gmail.com',
      phone: '+49 30 1234567',
      household: 'h1',
    });
    await tell('ann', 'login', { device: 'tablet', ip: '192.0.2.1' });
    await tell('ann', 'deposit.succeeded', {
      depositId: 'd1',
      amount: 100,
      currency: 'EUR',
      method: 'card',
      instrument: 'fp-1',
    });
    await tell('bob', 'player.registered', { email: 'ann@googlemail.com', household: 'h1' });
    await linkAll(app);
    expect(await linksOf('ann')).toEqual([
      'address 1',
      'device 1',
      'email 2',
      'household 2',
      'payment 1',
      'phone 1',
    ]);
    expect(await linksOf('bob')).toEqual(['email 2', 'household 2']);
    expect(await clusterOf('ann')).toBe(await clusterOf('bob'));
    expect(await clusterOf('ann')).not.toBeNull();
  });

  test('is told by attempts, taken or refused', async () => {
    const { code } = await createOffer(app);
    for (const [player, tried] of [
      ['cid', code],
      ['dan', 'UNKNOWN-CODE'],
    ] as const)
      await app.request('POST', '/v1/activations', {
        body: {
          code: tried,
          channel: 'account',
          player: { id: player, currency: 'EUR' },
          device: { id: 'phone' },
          ip: '2001:db8::1',
        },
      });
    await linkAll(app);
    expect(await linksOf('cid')).toEqual(['address 2', 'device 2']);
    expect(await linksOf('dan')).toEqual(['address 2', 'device 2']);
    expect(await clusterOf('cid')).toBe(await clusterOf('dan'));
  });

  test('is put as data, also anew', async () => {
    const put = (email: string) => app.request('PUT', '/v1/players/hal', { body: { email } });
    await put('hal@example.org');
    await tell('ida', 'player.registered', { email: 'ida@example.org' });
    await linkAll(app);
    expect(await linksOf('hal')).toEqual(['email 1']);
    await put('ida@example.org');
    await linkAll(app);
    expect(await linksOf('hal')).toEqual(['email 1', 'email 2']);
  });

  test('counts once however often it is seen', async () => {
    for (let n = 0; n < 3; n++) await tell('eve', 'login', { device: 'old laptop' });
    await linkAll(app);
    await tell('eve', 'login', { device: 'old laptop' });
    await linkAll(app);
    expect(await linksOf('eve')).toEqual(['device 1']);
  });

  test.each([
    { again: 'within a day keeps when it was seen last', ago: 12, last: 12, gone: false },
    { again: 'after days is seen now', ago: 48, last: 0, gone: false },
    { again: 'once it was taken away stays away', ago: 48, last: 48, gone: true },
  ])('seen again $again', async ({ again, ago, last, gone }) => {
    await tell(again, 'login', { device: again });
    await linkAll(app);
    await app.db.query(
      `update risk_links set first_seen_at = now() - make_interval(hours => $2), last_seen_at = now() - make_interval(hours => $2),
         removed_at = case when $3 then now() end where player_id = $1`,
      [idOf(again), ago, gone],
    );
    await tell(again, 'login', { device: again });
    await linkAll(app);
    const { rows } = await app.db.query(
      `select round(extract(epoch from now() - first_seen_at) / 3600)::int as first,
         round(extract(epoch from now() - last_seen_at) / 3600)::int as last,
         removed_at is not null as gone from risk_links where player_id = $1`,
      [idOf(again)],
    );
    expect(rows).toEqual([{ first: ago, last, gone }]);
  });

  test('makes no cluster of those who share an address or a household alone', async () => {
    for (const player of ['fay', 'gus'])
      await tell(player, 'player.registered', { email: `${player}@example.org`, household: 'h2' });
    for (const player of ['fay', 'gus']) await tell(player, 'login', { ip: '192.0.2.77' });
    await linkAll(app);
    expect(await linksOf('fay')).toEqual(['address 2', 'email 1', 'household 2']);
    expect(await clusterOf('fay')).toBeNull();
  });

  test('is kept without a readable value', async () => {
    const { rows } = await app.db.query('select * from risk_identifiers');
    expect(JSON.stringify(rows)).not.toMatch(/192\.0\.2\.1"|ann@|1234567|tablet/);
  });
});

test('clusters that meet become one', async () => {
  const pairs = [
    ['k1', 'k2'],
    ['k3', 'k4'],
  ];
  for (const [a = '', b = ''] of pairs)
    for (const player of [a, b]) await tell(player, 'login', { device: `of ${a}` });
  await linkAll(app);
  expect(await clusterOf('k1')).not.toBe(await clusterOf('k3'));
  await tell('k2', 'login', { device: 'of k3' });
  await linkAll(app);
  const clusters = new Set(await Promise.all(['k1', 'k2', 'k3', 'k4'].map(clusterOf)));
  expect(clusters.size).toBe(1);
  const { rows } = await app.db.query('select players from risk_clusters where cluster_id = $1', [
    [...clusters][0],
  ]);
  expect(rows).toEqual([{ players: 4 }]);
});

describe('groups', () => {
  test('are what is reachable', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(12), fc.nat(12)), { maxLength: 30 }), (pairs) => {
        const groups = createGroups();
        for (const [a, b] of pairs) groups.join(`${a}`, `${b}`);
        expect(sorted(groups.all())).toEqual(sorted(walked(pairs)));
      }),
    );
  });
});

const sorted = (groups: readonly string[][]): string[] =>
  groups.map((group) => [...group].sort().join()).sort();

/** Goes from neighbour to neighbour. */
function walked(pairs: readonly (readonly [number, number])[]): string[][] {
  const left = new Set(pairs.flat());
  const found: string[][] = [];
  for (const start of left) {
    const group = new Set([start]);
    for (const item of group)
      for (const [a, b] of pairs)
        if (a === item) group.add(b);
        else if (b === item) group.add(a);
    for (const item of group) left.delete(item);
    found.push([...group].map(String));
  }
  return found;
}
