import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startTestApp, type TestApp } from '../../../testing/test-app.ts';
import {
  openBrowser,
  signInAs,
  TEST_PASSWORD,
  type TestBrowser,
  type TestMember,
  totpCode,
} from '../../../testing/test-staff.ts';

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp();
});
afterAll(() => app.close());

const STEP_MS = 30_000;

async function withTwoFactor(): Promise<TestMember & { totpUri: string; backupCodes: string[] }> {
  const me = await signInAs(app, 'administrator');
  const { status, body } = await me.request('POST', '/v1/auth/two-factor', {
    body: { password: TEST_PASSWORD },
  });
  expect(status).toBe(200);
  const confirmed = await me.request('POST', '/v1/auth/two-factor/confirm', {
    body: { code: totpCode(body.totpUri) },
  });
  expect(confirmed.status).toBe(204);
  return { ...me, ...body };
}

async function firstStep(email: string): Promise<TestBrowser> {
  const browser = openBrowser(app);
  const { body } = await browser.request('POST', '/v1/auth/sign-in', {
    body: { email, password: TEST_PASSWORD },
  });
  expect(body).toEqual({ twoFactorRequired: true });
  return browser;
}

test('set up twice at the same moment, it is set up once', async () => {
  const me = await signInAs(app, 'support');
  const setUp = () => me.request('POST', '/v1/auth/two-factor', { body: { password: TEST_PASSWORD } });
  const answers = await Promise.all(Array.from({ length: 4 }, setUp));
  const refused = answers.filter(({ status }) => status !== 200);
  expect(refused.length).toBeLessThan(4);
  expect(refused.map(({ status, body }) => [status, body.key])).toEqual(refused.map(() => [409, 'conflict']));
});

const secondStep = (browser: TestBrowser, code: string, by = 'totp') =>
  browser.request('POST', `/v1/auth/sign-in/${by}`, { body: { code } });

test('sign-in takes the password and then a code', async () => {
  const me = await withTwoFactor();
  expect((await me.request('GET', '/v1/auth/session')).body.twoFactor).toBe(true);

  const browser = await firstStep(me.email);
  expect((await browser.request('GET', '/v1/me')).status).toBe(401);
  expect((await secondStep(browser, totpCode(me.totpUri))).status).toBe(204);
  expect((await browser.request('GET', '/v1/me')).body.role).toBe('administrator');

  const { rows } = await app.db.query<{ action: string }>(
    'select action from audit_log where target_id = $1 order by entry_id',
    [me.staffId],
  );
  expect(rows.map(({ action }) => action)).toEqual([
    'staff.added',
    'staff.signed_in',
    'staff.two_factor_started',
    'staff.two_factor_enabled',
    'staff.signed_in',
  ]);
});

test('it is on only when a first code was confirmed', async () => {
  const me = await signInAs(app, 'support');
  const { body } = await me.request('POST', '/v1/auth/two-factor', { body: { password: TEST_PASSWORD } });
  const wrong = await me.request('POST', '/v1/auth/two-factor/confirm', { body: { code: '000000' } });
  expect(wrong.status).toBe(401);
  const again = openBrowser(app);
  const signIn = { body: { email: me.email, password: TEST_PASSWORD } };
  expect((await again.request('POST', '/v1/auth/sign-in', signIn)).body).toEqual({
    twoFactorRequired: false,
  });
  expect(body.totpUri).toMatch(/^otpauth:\/\/totp\/Promosmith/);
});

describe('the second step', () => {
  test('takes a code once', async () => {
    const me = await withTwoFactor();
    const code = totpCode(me.totpUri);
    expect((await secondStep(await firstStep(me.email), code)).status).toBe(204);

    const replay = await firstStep(me.email);
    expect((await secondStep(replay, code)).status).toBe(401);
    expect((await replay.request('GET', '/v1/me')).status).toBe(401);

    const next = await firstStep(me.email);
    expect((await secondStep(next, totpCode(me.totpUri, Date.now() + STEP_MS))).status).toBe(204);
  });

  test('refuses a code of another time or person', async () => {
    const [me, other] = [await withTwoFactor(), await withTwoFactor()];
    const browser = await firstStep(me.email);
    expect((await secondStep(browser, totpCode(me.totpUri, Date.now() - 10 * STEP_MS))).status).toBe(401);
    expect((await secondStep(browser, totpCode(other.totpUri))).status).toBe(401);
    expect((await browser.request('GET', '/v1/me')).status).toBe(401);
  });

  test('allows five codes a sign-in', async () => {
    const me = await withTwoFactor();
    const browser = await firstStep(me.email);
    const stale = (n: number) => totpCode(me.totpUri, Date.now() - (10 + n) * STEP_MS);
    for (let n = 1; n <= 5; n++) expect((await secondStep(browser, stale(n))).status).toBe(401);
    const right = await secondStep(browser, totpCode(me.totpUri));
    expect(right.status).toBeGreaterThanOrEqual(400);
    expect((await browser.request('GET', '/v1/me')).status).toBe(401);
  });

  test('locks the account after ten wrong codes, over however many sign-ins', async () => {
    const me = await withTwoFactor();
    for (let attempt = 0; attempt < 2; attempt++) {
      const browser = await firstStep(me.email);
      for (let n = 1; n <= 5; n++)
        await secondStep(browser, totpCode(me.totpUri, Date.now() - (10 + n) * STEP_MS));
    }
    const locked = await secondStep(await firstStep(me.email), totpCode(me.totpUri));
    expect(locked).toMatchObject({ status: 429, body: { key: 'rate_limited' } });
  });

  test('is nothing without the first', async () => {
    const me = await withTwoFactor();
    expect((await secondStep(openBrowser(app), totpCode(me.totpUri))).status).toBe(401);
  });

  test('takes a backup code, and each once', async () => {
    const me = await withTwoFactor();
    const [code] = me.backupCodes;
    const browser = await firstStep(me.email);
    expect((await secondStep(browser, code!, 'backup-code')).status).toBe(204);
    expect((await browser.request('GET', '/v1/me')).status).toBe(200);
    expect((await secondStep(await firstStep(me.email), code!, 'backup-code')).status).toBe(401);
  });
});

test('switching it off takes the password', async () => {
  const me = await withTwoFactor();
  const stop = (password: string) =>
    me.request('POST', '/v1/auth/two-factor/disable', { body: { password } });
  expect((await stop('wrong')).status).toBe(422);
  expect((await stop(TEST_PASSWORD)).status).toBe(204);
  const signIn = { body: { email: me.email, password: TEST_PASSWORD } };
  const { body } = await openBrowser(app).request('POST', '/v1/auth/sign-in', signIn);
  expect(body).toEqual({ twoFactorRequired: false });
});

test('secrets and backup codes are kept encrypted', async () => {
  const me = await withTwoFactor();
  const { rows } = await app.db.query(
    'select secret, backup_codes from staff_two_factor where staff_id = $1',
    [me.staffId],
  );
  const kept = JSON.stringify(rows);
  for (const secret of [new URL(me.totpUri).searchParams.get('secret')!, ...me.backupCodes])
    expect(kept).not.toContain(secret);
});
