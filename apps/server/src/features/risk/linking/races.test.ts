import { afterAll, beforeAll, expect, test } from 'vitest';
import { playerId } from '../../../platform/ids.ts';
import { openSecrets } from '../../../platform/secrets.ts';
import { createOffer } from '../../../testing/fixtures.ts';
import { startTestApp, type TestApp } from '../../../testing/test-app.ts';
import { createIdentifiers } from '../identifiers/keys.ts';
import { linkAll, lookInto } from '../testing.ts';
import { createGroups } from './components.ts';

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp({ config: { backgroundWork: false } });
});
afterAll(() => app.close());

const idOf = (name: string): string => playerId(app.brand.brandId, name);
const keyOf = (device: string): string =>
  createIdentifiers(openSecrets(app.config.secretKey)).keyOf(app.brand.brandId, 'device', device) ?? '';
let told = 0;

const login = (player: string, device: string) =>
  app.request('POST', '/v1/events', {
    body: {
      events: [{ id: `e${++told}`, time: new Date().toISOString(), player, type: 'login', data: { device } }],
    },
  });

const unlink = (player: string, device: string) =>
  app.request('POST', `/v1/players/${player}/unlink`, {
    body: { identifierId: keyOf(device), reason: 'given away' },
  });

/** Whether counts, first accounts and clusters are what the links that there are say. */
async function expectConsistent(): Promise<void> {
  const counted = await app.db.query(
    `select i.identifier_key from risk_identifiers i
     left join lateral (
       select count(*) as players, bool_or(l.player_id = i.first_player_id) as has_first
       from risk_links l where l.identifier_key = i.identifier_key and l.removed_at is null
     ) links on true
     where i.players <> links.players or (links.players > 0 and links.has_first is not true)`,
  );
  expect(counted.rows).toEqual([]);
  const links = await app.db.query<{ key: string; player: string }>(
    `select identifier_key as key, player_id as player from risk_links
     where removed_at is null and kind in ('device', 'email', 'phone', 'payment')`,
  );
  const groups = createGroups();
  for (const { key, player } of links.rows) groups.join(`key ${key}`, player);
  const expected = groups
    .all()
    .map((group) => group.filter((item) => !item.startsWith('key ')).sort())
    .filter((group) => group.length > 1);
  const profiles = await app.db.query<{ cluster: string; player: string }>(
    'select cluster_id as cluster, player_id as player from risk_profiles where cluster_id is not null',
  );
  const found = [...Map.groupBy(profiles.rows, ({ cluster }) => cluster).values()];
  const asText = (sets: readonly string[][]) => sets.map((set) => set.join()).sort();
  expect(asText(found.map((members) => members.map(({ player }) => player).sort()))).toEqual(
    asText(expected),
  );
  const sizes = await app.db.query<{ players: number }>('select players from risk_clusters order by players');
  expect(sizes.rows.map(({ players }) => players)).toEqual(
    found.map(({ length }) => length).sort((a, b) => a - b),
  );
}

test('processes that link the same people at once link each once', async () => {
  const people = Array.from({ length: 30 }, (_, n) => `ring-${n}`);
  await Promise.all(people.map((player, n) => login(player, `device-${n % 6}`)));
  await Promise.all(people.map((player, n) => login(player, `device-${(n + (n % 2)) % 6}`)));
  await Promise.all(Array.from({ length: 6 }, () => linkAll(app)));
  await expectConsistent();
});

test('links taken away part a cluster, and what is left stays together', async () => {
  for (const [player, device] of [
    ['a', 'left'],
    ['b', 'left'],
    ['b', 'bridge'],
    ['c', 'bridge'],
    ['c', 'right'],
    ['d', 'right'],
  ] as const)
    await login(player, device);
  await linkAll(app);
  await expectConsistent();
  expect((await unlink('c', 'bridge')).status).toBe(204);
  await expectConsistent();
  const { rows } = await app.db.query<{ cluster: string | null }>(
    'select cluster_id as cluster from risk_profiles where player_id = any($1) order by array_position($1, player_id)',
    [['a', 'b', 'c', 'd'].map(idOf)],
  );
  const [a, b, c, d] = rows.map(({ cluster }) => cluster);
  expect([a === b, c === d, a === c]).toEqual([true, true, false]);
  // Seen again, it stays away.
  await login('c', 'bridge');
  await linkAll(app);
  await expectConsistent();
  expect((await unlink('c', 'bridge')).status).toBe(404);
});

test('links taken away while others are made', async () => {
  const people = Array.from({ length: 12 }, (_, n) => `busy-${n}`);
  for (const [n, player] of people.entries()) await login(player, `busy-${n >> 1}`);
  await linkAll(app);
  const all = await Promise.all([
    ...people.map((player, n) => unlink(player, `busy-${n >> 1}`)),
    ...people.map((player, n) => login(player, `busy-${(n + 3) >> 1}`)),
    ...Array.from({ length: 4 }, () => lookInto(app)),
  ]);
  expect(all.filter((one) => one !== undefined && 'status' in one && one.status >= 500)).toEqual([]);
  await lookInto(app);
  await expectConsistent();
});

test('of two who take the same link away one does', async () => {
  await login('twice', 'twice');
  await linkAll(app);
  const answers = await Promise.all([unlink('twice', 'twice'), unlink('twice', 'twice')]);
  expect(answers.map(({ status }) => status).sort()).toEqual([204, 404]);
  await expectConsistent();
  const { rows } = await app.db.query(
    "select from audit_log where action = 'risk_link.removed' and target_id = 'twice'",
  );
  expect(rows).toHaveLength(1);
});

test('a link taken away during activations leaves each decided on what there was, and none undecided', async () => {
  const { code } = await createOffer(app, { definition: { risk: { indicators: ['device_shared'] } } });
  for (const player of ['first', 'second']) await login(player, 'shared');
  await linkAll(app);
  const use = (player: string) =>
    app.request('POST', '/v1/activations', {
      body: { code, channel: 'account', player: { id: player, currency: 'EUR' }, device: { id: 'shared' } },
    });
  const answers = await Promise.all([
    unlink('first', 'shared'),
    ...Array.from({ length: 10 }, (_, n) => use(`user-${n}`)),
    linkAll(app),
  ]);
  expect(answers.slice(1, 11)).toEqual(
    Array.from({ length: 10 }, () => expect.objectContaining({ status: 201 })),
  );
  await lookInto(app);
  await expectConsistent();
});
