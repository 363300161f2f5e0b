import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startTestApp, type TestApp } from '../../../testing/test-app.ts';
import { openBrowser, signInAs, TEST_PASSWORD, type TestMember } from '../../../testing/test-staff.ts';

const SESSION_COOKIE = 'promosmith.session_token';

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp({ config: { trustProxy: true } });
});
afterAll(() => app.close());

let address = 0;
/** Every attempt of a test comes from an address of its own, so that tests do not throttle each other. */
const from = (ip = `203.0.113.${++address}`) => ({ 'x-forwarded-for': ip });
const signIn = (email: string, password: string, headers: Record<string, string> = from()) =>
  openBrowser(app).request('POST', '/v1/auth/sign-in', { body: { email, password }, headers });
const actionsOf = async ({ staffId }: TestMember) => {
  const { rows } = await app.db.query<{ action: string }>(
    'select action from audit_log where target_id = $1 order by entry_id',
    [staffId],
  );
  return rows.map((row) => row.action);
};

describe('a session', () => {
  test('tells who is signed in, and is on record', async () => {
    const me = await signInAs(app, 'marketing');
    const session = await me.request('GET', '/v1/auth/session');
    expect(session.body).toEqual({
      staffId: me.staffId,
      email: me.email,
      name: expect.any(String),
      twoFactor: false,
      memberships: [{ brand: 'lucky-star', brandName: 'Lucky Star', role: 'marketing' }],
    });
    const caller = await me.request('GET', '/v1/me');
    expect(caller.body).toMatchObject({ brand: 'lucky-star', role: 'marketing', actor: { kind: 'staff' } });
    expect(await actionsOf(me)).toEqual(['staff.added', 'staff.signed_in']);
  });

  test('is in a cookie that scripts and other sites cannot use', async () => {
    const { email } = await signInAs(app, 'support');
    const { headers } = await signIn(email, TEST_PASSWORD);
    const [cookie, ...others] = headers.getSetCookie();
    expect(others).toEqual([]);
    expect(cookie).toMatch(/; HttpOnly/i);
    expect(cookie).toMatch(/; SameSite=Lax/i);
    expect(headers.get('cache-control')).toBe('no-store');
  });

  test('is Secure where people come by https', async () => {
    await using secure = await startTestApp({ config: { publicUrl: 'https://promo.example' } });
    const me = await signInAs(secure, 'owner');
    expect([...me.cookies.keys()]).toEqual([`__Secure-${SESSION_COOKIE}`]);
    expect((await me.request('GET', '/v1/me')).status).toBe(200);
  });

  test('ends at sign-out, also for a copy of the cookie', async () => {
    const me = await signInAs(app, 'support');
    const thief = openBrowser(app);
    for (const [name, value] of me.cookies) thief.cookies.set(name, value);
    expect((await thief.request('GET', '/v1/me')).status).toBe(200);

    expect((await me.request('POST', '/v1/auth/sign-out')).status).toBe(204);
    expect(me.cookies.size).toBe(0);
    expect((await thief.request('GET', '/v1/me')).status).toBe(401);
    expect((await thief.request('GET', '/v1/auth/session')).status).toBe(401);
  });

  test('cannot be fixed: signing in makes a new one, whatever cookie the browser had', async () => {
    const attacker = await signInAs(app, 'support');
    const planted = attacker.cookies.get(SESSION_COOKIE)!;
    const victim = await signInAs(app, 'owner');
    const browser = openBrowser(app);
    browser.cookies.set(SESSION_COOKIE, planted);
    await browser.request('POST', '/v1/auth/sign-in', {
      body: { email: victim.email, password: TEST_PASSWORD },
      headers: from(),
    });
    expect(browser.cookies.get(SESSION_COOKIE)).not.toBe(planted);
    expect((await browser.request('GET', '/v1/me')).body.role).toBe('owner');
    expect((await attacker.request('GET', '/v1/me')).body.role).toBe('support');
  });

  test('cannot be forged', async () => {
    const me = await signInAs(app, 'owner');
    const cookie = me.cookies.get(SESSION_COOKIE)!;
    const [token] = cookie.split('.');
    const { rows } = await app.db.query<{ token: string }>('select token from staff_sessions');
    expect(rows.map((row) => row.token)).toContain(decodeURIComponent(token!));
    for (const forged of [token!, `${token}.`, `${token}.AAAA`, `x${cookie}`]) {
      me.cookies.set(SESSION_COOKIE, forged);
      expect((await me.request('GET', '/v1/me')).status).toBe(401);
    }
  });

  test('is over at its time', async () => {
    const me = await signInAs(app, 'support');
    await app.db.query(
      `update staff_sessions set expires_at = now() - interval '1 second' where staff_id = $1`,
      [me.staffId],
    );
    expect((await me.request('GET', '/v1/me')).status).toBe(401);
  });
});

describe('guessing passwords', () => {
  test('gets the same answer for a wrong password as for an unknown address', async () => {
    const { email } = await signInAs(app, 'owner');
    const wrong = await signIn(email, 'not the password');
    const unknown = await signIn('nobody@lucky-star.example', 'not the password');
    expect(wrong.status).toBe(401);
    expect({ ...unknown.body, requestId: '' }).toEqual({ ...wrong.body, requestId: '' });
  });

  test('is stopped after five tries, and then the right password does not help either', async () => {
    const { email } = await signInAs(app, 'owner');
    const ip = from();
    for (let n = 1; n <= 5; n++) expect((await signIn(email, `guess ${n}`, ip)).status).toBe(401);
    const stopped = await signIn(email, TEST_PASSWORD, ip);
    expect(stopped).toMatchObject({ status: 429, body: { key: 'rate_limited' } });
    expect(Number(stopped.headers.get('retry-after'))).toBeGreaterThan(0);
    expect((await signIn(email.toUpperCase(), TEST_PASSWORD, ip)).status).toBe(429);
    expect((await signIn(email, TEST_PASSWORD)).status).toBe(200);
  });

  test('is stopped as soon when all tries come at once', async () => {
    const { email } = await signInAs(app, 'owner');
    const ip = from();
    const tries = await Promise.all(Array.from({ length: 20 }, (_, n) => signIn(email, `guess ${n}`, ip)));
    expect(tries.filter(({ status }) => status === 401)).toHaveLength(5);
    expect(tries.filter(({ status }) => status === 429)).toHaveLength(15);
  });

  test('is stopped when it comes from many addresses, or goes through many accounts', async () => {
    const { email } = await signInAs(app, 'owner');
    const spread = await Promise.all(Array.from({ length: 31 }, () => signIn(email, 'guess')));
    expect(spread.filter(({ status }) => status === 429)).toHaveLength(1);
    const ip = from();
    const sprayed = await Promise.all(
      Array.from({ length: 51 }, (_, n) => signIn(`person-${n}@lucky-star.example`, 'guess', ip)),
    );
    expect(sprayed.filter(({ status }) => status === 429)).toHaveLength(1);
  });

  test('counts an IPv6 network as one address', async () => {
    const { email } = await signInAs(app, 'owner');
    for (let n = 1; n <= 5; n++) await signIn(email, 'guess', from(`2001:db8:1:2::${n}`));
    expect((await signIn(email, TEST_PASSWORD, from('2001:db8:1:2:ffff::6'))).status).toBe(429);
    expect((await signIn(email, TEST_PASSWORD, from('2001:db8:1:3::1'))).status).toBe(200);
  });

  test('starts over when the window has passed', async () => {
    const { email } = await signInAs(app, 'owner');
    const ip = from();
    for (let n = 1; n <= 6; n++) await signIn(email, `guess ${n}`, ip);
    await app.db.query(`update sign_in_failures set window_ends = now() - interval '1 second'`);
    expect((await signIn(email, TEST_PASSWORD, ip)).status).toBe(200);
  });
});

describe('a request with cookies', () => {
  const foreign: { name: string; headers: Record<string, string> }[] = [
    { name: 'from a page of another site', headers: { origin: 'https://evil.example' } },
    { name: 'from a sandboxed page', headers: { origin: 'null' } },
    {
      name: 'from a sister site',
      headers: { origin: 'https://lucky-star.example', 'sec-fetch-site': 'same-site' },
    },
    { name: 'that claims to be a prefix', headers: { origin: 'https://promo.example.evil.example' } },
  ];
  const change = (me: TestMember, headers: Record<string, string>) =>
    me.request('POST', '/v1/keys', { body: { name: 'mine', scopes: ['brands:read'] }, headers });

  test.each(foreign)('$name changes nothing', async ({ headers }) => {
    const me = await signInAs(app, 'owner');
    expect(await change(me, headers)).toMatchObject({ status: 403, body: { key: 'forbidden' } });
    expect((await me.request('POST', '/v1/auth/sign-out', { headers })).status).toBe(403);
    expect((await me.request('GET', '/v1/me', { headers })).status).toBe(200);
  });

  test('that does not say where it comes from changes nothing', async () => {
    const me = await signInAs(app, 'owner');
    const cookie = [...me.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const bare = await app.request('POST', '/v1/keys', {
      key: null,
      headers: { cookie },
      body: { name: 'mine', scopes: ['brands:read'] },
    });
    expect(bare.status).toBe(403);
  });

  test('from our own page, or the public address, is taken', async () => {
    const me = await signInAs(app, 'owner');
    expect((await change(me, {})).status).toBe(201);
    expect((await change(me, { origin: app.config.publicUrl })).status).toBe(201);
  });

  test('cannot be made by a form: only JSON is read', async () => {
    const me = await signInAs(app, 'owner');
    for (const type of ['application/x-www-form-urlencoded', 'multipart/form-data', 'text/plain']) {
      const answer = await me.request('POST', '/v1/auth/sign-out', {
        body: '{}',
        headers: { 'content-type': type, origin: 'https://evil.example' },
      });
      expect([403, 415]).toContain(answer.status);
    }
  });

  test('signs nobody in from another site', async () => {
    const { email } = await signInAs(app, 'owner');
    const answer = await signIn(email, TEST_PASSWORD, { ...from(), origin: 'https://evil.example' });
    expect(answer.status).toBe(403);
    expect(answer.headers.getSetCookie()).toEqual([]);
  });
});

test('nobody can sign up, and no other route of the sign-in library is there', async () => {
  for (const path of [
    'sign-up/email',
    'sign-in/email',
    'update-user',
    'list-sessions',
    'delete-user',
    'ok',
  ]) {
    for (const method of ['GET', 'POST']) {
      const body =
        method === 'POST' ? { email: 'a@b.example', password: TEST_PASSWORD, name: 'a' } : undefined;
      expect((await openBrowser(app).request(method, `/v1/auth/${path}`, { body })).status).toBe(404);
    }
  }
});

describe('changing the password', () => {
  const newPassword = 'another fine long password';

  test('ends every other session', async () => {
    const me = await signInAs(app, 'support');
    const elsewhere = openBrowser(app);
    const body = { email: me.email, password: TEST_PASSWORD };
    await elsewhere.request('POST', '/v1/auth/sign-in', { body, headers: from() });
    expect((await elsewhere.request('GET', '/v1/me')).status).toBe(200);

    const change = { currentPassword: TEST_PASSWORD, newPassword };
    expect((await me.request('POST', '/v1/auth/password', { body: change })).status).toBe(204);
    expect((await me.request('GET', '/v1/me')).status).toBe(200);
    expect((await elsewhere.request('GET', '/v1/me')).status).toBe(401);
    expect((await signIn(me.email, TEST_PASSWORD)).status).toBe(401);
    expect((await signIn(me.email, newPassword)).status).toBe(200);
    expect(await actionsOf(me)).toContain('staff.password_changed');
  });

  test('needs the current one, a few tries at most', async () => {
    const me = await signInAs(app, 'support');
    const guess = (currentPassword: string) =>
      me.request('POST', '/v1/auth/password', { body: { currentPassword, newPassword } });
    for (let n = 1; n <= 5; n++)
      expect(await guess('wrong')).toMatchObject({ status: 422, body: { key: 'invalid_password' } });
    expect((await guess(TEST_PASSWORD)).status).toBe(429);
  });

  test.each(['short', 'eleven char', 'x'.repeat(129)])('refuses %j', async (weak) => {
    const me = await signInAs(app, 'support');
    const body = { currentPassword: TEST_PASSWORD, newPassword: weak };
    expect((await me.request('POST', '/v1/auth/password', { body })).status).toBe(422);
  });

  test('is for whoever is signed in', async () => {
    const body = { currentPassword: TEST_PASSWORD, newPassword };
    expect((await openBrowser(app).request('POST', '/v1/auth/password', { body })).status).toBe(401);
  });
});

test('passwords are kept as Argon2id, and stay out of the audit log', async () => {
  const { rows } = await app.db.query<{ password: string }>('select distinct password from staff_accounts');
  expect(rows.length).toBeGreaterThan(1);
  for (const { password } of rows) expect(password).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
  const log = await app.db.query(
    'select coalesce(before::text, $1) || coalesce(after::text, $1) as kept from audit_log',
    [''],
  );
  expect(JSON.stringify(log.rows)).not.toMatch(/argon2id|correct horse/);
});
