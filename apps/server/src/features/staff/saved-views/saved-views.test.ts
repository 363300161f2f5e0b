import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestApp, type TestApp } from '../../../testing/test-app.ts';
import { signInAs } from '../../../testing/test-staff.ts';

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp();
});
afterAll(() => app.close());

const QUERY = 'outcome=refused&key=budget_exceeded&name=%C3%84rger';

test('views are kept by name, replaced, listed by page, and forgotten', async () => {
  const me = await signInAs(app, 'data_analyst');
  const put = (page: string, name: string, query: string) =>
    me.request('PUT', `/v1/me/views/${page}/${encodeURIComponent(name)}`, { body: { query } });
  const made = await put('activations', 'Refused / budget', QUERY);
  expect([made.status, made.body]).toEqual([
    200,
    { page: 'activations', name: 'Refused / budget', query: QUERY, updatedAt: expect.any(String) },
  ]);
  await put('activations', 'Refused / budget', 'outcome=refused');
  await put('campaigns', 'Live', 'status=active');
  const listed = async (path = '/v1/me/views') =>
    (await me.request('GET', path)).body.items.map(({ name, query }: { name: string; query: string }) => [
      name,
      query,
    ]);
  expect(await listed()).toEqual([
    ['Refused / budget', 'outcome=refused'],
    ['Live', 'status=active'],
  ]);
  expect(await listed('/v1/me/views?page=campaigns')).toEqual([['Live', 'status=active']]);
  const remove = () => me.request('DELETE', '/v1/me/views/activations/Refused%20%2F%20budget');
  expect([(await remove()).status, (await remove()).status]).toEqual([204, 404]);
  expect(await listed()).toEqual([['Live', 'status=active']]);
});

test('they are of one person in one brand', async () => {
  const { brand } = await app.anotherBrand();
  const me = await signInAs(app, 'support');
  const other = await signInAs(app, 'support');
  const elsewhere = await signInAs(app, 'support', brand.brandId);
  await me.request('PUT', '/v1/me/views/players/Mine', { body: { query: '' } });
  for (const person of [other, elsewhere]) {
    expect((await person.request('GET', '/v1/me/views')).body).toEqual({ items: [] });
    expect((await person.request('DELETE', '/v1/me/views/players/Mine')).status).toBe(404);
  }
});

test('fifty at most, also of those saved at once', async () => {
  const me = await signInAs(app, 'marketing');
  const answers = await Promise.all(
    Array.from({ length: 55 }, (_, nth) =>
      me.request('PUT', `/v1/me/views/campaigns/view-${nth}`, { body: { query: `n=${nth}` } }),
    ),
  );
  expect(answers.filter(({ status }) => status === 200)).toHaveLength(50);
  const refused = answers.find(({ status }) => status !== 200);
  expect([refused?.status, refused?.body.key]).toEqual([422, 'too_many_views']);
  const { items } = (await me.request('GET', '/v1/me/views')).body;
  expect(items).toHaveLength(50);
  const again = await me.request('PUT', `/v1/me/views/campaigns/${items[0].name}`, {
    body: { query: 'new' },
  });
  expect(again.status).toBe(200);
});

test('an API key has none', async () => {
  expect((await app.request('GET', '/v1/me/views')).body).toEqual({ items: [] });
  const saved = await app.request('PUT', '/v1/me/views/campaigns/x', { body: { query: '' } });
  expect([saved.status, saved.body.key]).toEqual([422, 'staff_only']);
  const forgotten = await app.request('DELETE', '/v1/me/views/campaigns/x');
  expect([forgotten.status, forgotten.body.key]).toEqual([422, 'staff_only']);
});

test.each([
  ['a query that is too long', 'campaigns', 'x', `q=${'x'.repeat(2047)}`],
  ['a query that is not escaped', 'campaigns', 'x', 'q=a b'],
  ['a name that is too long', 'campaigns', 'x'.repeat(65), ''],
  ['a name with what cannot be stored', 'campaigns', 'x%00', ''],
  ['a page that cannot be', 'Campaigns!', 'x', ''],
])('%s is refused', async (_, page, name, query) => {
  const me = await signInAs(app, 'marketing');
  const { status } = await me.request('PUT', `/v1/me/views/${page}/${name}`, { body: { query } });
  expect(status).toBe(422);
});
