import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestApp, type TestApp } from '../../../testing/test-app.ts';
import { signInAs } from '../../../testing/test-staff.ts';

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp();
});
afterAll(() => app.close());

const NEW = { slug: 'north', name: 'North', timeZone: 'Europe/London', currency: 'GBP', jurisdiction: 'GB' };

test('an owner makes another brand, owns it, and works in either by naming it', async () => {
  const me = await signInAs(app, 'owner');
  const made = await me.request('POST', '/v1/brands', { body: NEW });
  expect([made.status, made.body]).toMatchObject([201, { slug: 'north', settings: { jurisdiction: 'GB' } }]);
  const session = await me.request('GET', '/v1/auth/session');
  expect(session.body.memberships).toEqual([
    { brand: 'lucky-star', brandName: 'Lucky Star', role: 'owner' },
    { brand: 'north', brandName: 'North', role: 'owner' },
  ]);
  for (const brand of ['lucky-star', 'north']) {
    const { body } = await me.request('GET', '/v1/me', { headers: { 'promosmith-brand': brand } });
    expect(body).toMatchObject({ brand, role: 'owner' });
  }
  const { body } = await me.request('GET', '/v1/audit', { headers: { 'promosmith-brand': 'north' } });
  expect(
    body.items.map(({ action, actor }: { action: string; actor: { id: string } }) => [action, actor.id]),
  ).toEqual([
    ['staff.added', me.staffId],
    ['brand.created', me.staffId],
  ]);
});

test('a slug that is taken makes neither brand nor owner', async () => {
  const me = await signInAs(app, 'owner');
  const made = await me.request('POST', '/v1/brands', { body: { ...NEW, slug: 'lucky-star' } });
  expect([made.status, made.body.key]).toEqual([422, 'slug_taken']);
  expect((await me.request('GET', '/v1/auth/session')).body.memberships).toHaveLength(1);
});

test('nobody else makes brands: not an administrator, not a key', async () => {
  const { request } = await signInAs(app, 'administrator');
  expect((await request('POST', '/v1/brands', { body: { ...NEW, slug: 'x' } })).status).toBe(403);
  const byKey = await app.request('POST', '/v1/brands', { body: { ...NEW, slug: 'x' } });
  expect([byKey.status, byKey.body.key]).toEqual([422, 'staff_only']);
});
