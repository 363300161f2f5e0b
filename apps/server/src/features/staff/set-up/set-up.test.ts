import { randomBytes } from 'node:crypto';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type App, createApp } from '../../../app.ts';
import { loadConfig } from '../../../platform/config.ts';
import { openSecrets } from '../../../platform/secrets.ts';
import { setUpToken } from '../../../platform/set-up.ts';
import { createTestDatabase, type TestDatabase } from '../../../platform/testing/index.ts';

const secretKey = randomBytes(32);
const token = setUpToken(openSecrets(secretKey));
const password = 'correct horse battery staple';

let database: TestDatabase;
let apps: App[];
let urls: string[];
/** Two processes on a database without a brand. */
beforeEach(async () => {
  database = await createTestDatabase();
  const env = { NODE_ENV: 'test', LOG_LEVEL: 'error', SECRET_KEY: secretKey.toString('base64') };
  const config = { ...loadConfig(env), port: 0, databaseUrl: database.url };
  apps = await Promise.all([createApp(config, database.db), createApp(config, database.db)]);
  urls = await Promise.all(apps.map((app) => app.listen()));
});
afterEach(async () => {
  await Promise.all(apps.map((app) => app.close()));
  await database.drop();
});

const bodyOf = (more: { token?: string; slug?: string; currency?: string; email?: string } = {}) => ({
  token: more.token ?? token,
  brand: {
    slug: more.slug ?? 'lucky-star',
    name: 'Lucky Star',
    timeZone: 'Europe/London',
    currency: more.currency ?? 'GBP',
    jurisdiction: 'GB',
  },
  owner: { email: more.email ?? 'kim@lucky-star.example', name: 'Kim', password },
});
const setUp = (body: unknown, nth = 0) =>
  fetch(`${urls[nth]}/v1/setup`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
const isNeeded = async (nth = 0) => (await fetch(`${urls[nth]}/v1/setup`)).json();
const keyOf = async (response: Response) => ((await response.json()) as { key: string }).key;

test('makes the first brand and its owner, who is signed in; and no second one', async () => {
  expect(await isNeeded()).toEqual({ needed: true });
  const made = await setUp(bodyOf());
  expect([made.status, await made.json()]).toEqual([201, { brand: 'lucky-star' }]);
  const cookie = made.headers
    .getSetCookie()
    .map((line) => line.split(';', 1)[0])
    .join('; ');
  const get = async (path: string) => (await fetch(`${urls[1]}${path}`, { headers: { cookie } })).json();
  expect(await get('/v1/me')).toMatchObject({ brand: 'lucky-star', role: 'owner' });
  expect(await get('/v1/brand')).toMatchObject({
    currency: 'GBP',
    timeZone: 'Europe/London',
    settings: { jurisdiction: 'GB' },
  });
  const { rows } = await database.db.query('select action, actor from audit_log order by entry_id');
  expect(rows.map(({ action }) => action)).toEqual(['brand.created', 'staff.added', 'staff.signed_in']);

  expect(await isNeeded(1)).toEqual({ needed: false });
  const again = await setUp(bodyOf({ slug: 'other' }), 1);
  expect([again.status, await keyOf(again)]).toEqual([409, 'already_set_up']);
});

test('takes no other token, and few guesses', async () => {
  const answers = [];
  for (let guess = 0; guess < 6; guess++)
    answers.push((await setUp(bodyOf({ token: `guess-${guess}` }))).status);
  expect(answers).toEqual([403, 403, 403, 403, 403, 429]);
  expect(await isNeeded()).toEqual({ needed: true });
});

test('makes nothing of a brand that cannot be, however often it is tried with the right token', async () => {
  for (let attempt = 0; attempt < 7; attempt++)
    expect((await setUp(bodyOf({ currency: 'XXQ' }))).status).toBe(422);
  const { rows } = await database.db.query('select from staff union all select from brands');
  expect(rows).toEqual([]);
  expect((await setUp(bodyOf())).status).toBe(201);
});

test('of many at once, in two processes, one wins', async () => {
  const answers = await Promise.all(
    Array.from({ length: 8 }, (_, nth) =>
      setUp(bodyOf({ slug: `brand-${nth}`, email: `kim-${nth}@lucky-star.example` }), nth % 2),
    ),
  );
  expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
  expect(answers.every(({ status }) => [201, 409, 429].includes(status))).toBe(true);
  const { rows } = await database.db.query(
    'select (select count(*) from brands)::int as brands, (select count(*) from staff)::int as staff, (select count(*) from memberships)::int as memberships',
  );
  expect(rows).toEqual([{ brands: 1, staff: 1, memberships: 1 }]);
});

test('is not done by the page of another site', async () => {
  const answer = await fetch(`${urls[0]}/v1/setup`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: 'https://evil.example' },
    body: JSON.stringify(bodyOf()),
  });
  expect(answer.status).toBe(403);
});
