import type { Actor } from '@promosmith/contract';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { must, startTestApp, type TestApp } from '../../../testing/test-app.ts';
import { openBrowser, signInAs, TEST_PASSWORD } from '../../../testing/test-staff.ts';

const ACTOR: Actor = { kind: 'system', id: 'command line' };
const NEW_PASSWORD = 'a different staple';

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp();
});
afterAll(() => app.close());

const signIn = async (email: string, password: string) =>
  (await openBrowser(app).request('POST', '/v1/auth/sign-in', { body: { email, password } })).status;
const setPassword = (email: string) => app.staff.setPassword(email, NEW_PASSWORD, ACTOR);

test('a new password lets somebody in, the old one no more, and their sessions end', async () => {
  const owner = await signInAs(app, 'owner');
  const colleague = await signInAs(app, 'marketing');
  expect(await setPassword(owner.email.toUpperCase())).toMatchObject({ ok: true });
  expect((await owner.request('GET', '/v1/me')).status).toBe(401);
  expect((await colleague.request('GET', '/v1/me')).status).toBe(200);
  expect(await signIn(owner.email, TEST_PASSWORD)).toBe(401);
  expect(await signIn(owner.email, NEW_PASSWORD)).toBe(200);
});

test('every brand they work for has it in its audit log, without the password', async () => {
  const { email, staffId } = await signInAs(app, 'administrator');
  const { brand } = await app.anotherBrand();
  must(
    await app.staff.addMember(
      { brandId: brand.brandId, email, name: 'Kim', role: 'support', password: 'never in use' },
      { actor: ACTOR, permissions: 'all' },
    ),
  );
  await setPassword(email);
  const { rows } = await app.db.query(
    `select brand_id, actor, before, after from audit_log
     where action = 'staff.password_set' and target_id = $1`,
    [staffId],
  );
  expect(rows.map((row) => row.brand_id).sort()).toEqual([app.brand.brandId, brand.brandId].sort());
  for (const row of rows) expect(row).toMatchObject({ actor: ACTOR, before: null, after: null });
});

test.each(['suspended', 'invited'])('somebody who is %s gets none', async (status) => {
  const { email, staffId } = await signInAs(app, 'support');
  await app.db.query('update memberships set status = $2 where staff_id = $1', [staffId, status]);
  expect(await setPassword(email)).toMatchObject({ ok: false, refusal: { key: 'not_found' } });
});

test('an address nobody has is refused', async () => {
  expect(await setPassword('nobody@lucky-star.example')).toMatchObject({
    ok: false,
    refusal: { key: 'not_found' },
  });
});

test('who is added with an account keeps the password of that', async () => {
  const { email } = await signInAs(app, 'support');
  const { brand } = await app.anotherBrand({ slug: 'third-star' });
  const member = { brandId: brand.brandId, email, name: 'Kim', role: 'owner' as const };
  const added = await app.staff.addMember(
    { ...member, password: NEW_PASSWORD },
    { actor: ACTOR, permissions: 'all' },
  );
  expect(must(added).passwordSet).toBe(false);
  expect(await signIn(email, TEST_PASSWORD)).toBe(200);
});
