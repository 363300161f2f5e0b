import { ROLES, type Role } from '@promosmith/contract';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startTestApp, type TestApp } from '../../../testing/test-app.ts';
import { openBrowser, signInAs, TEST_PASSWORD, type TestMember } from '../../../testing/test-staff.ts';

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp();
});
afterAll(() => app.close());

let people = 0;
const invite = (by: TestMember, role: Role, email = `invited-${++people}@lucky-star.example`) =>
  by.request('POST', '/v1/staff', { body: { email, name: 'Robin', role } });
const accept = (token: string, password = TEST_PASSWORD) =>
  openBrowser(app).request('POST', '/v1/auth/invitations/accept', { body: { token, password } });
const signIn = (email: string, password = TEST_PASSWORD) =>
  openBrowser(app).request('POST', '/v1/auth/sign-in', { body: { email, password } });

describe('an invitation', () => {
  test('makes a member once it is accepted', async () => {
    const admin = await signInAs(app, 'administrator');
    const { status, body } = await invite(admin, 'marketing');
    expect(status).toBe(201);
    expect(body).toMatchObject({ role: 'marketing', status: 'invited' });
    expect((await signIn(body.email)).status).toBe(401);

    expect((await accept(body.invitation.token)).status).toBe(204);
    expect((await signIn(body.email)).status).toBe(200);
    const member = await admin.request('GET', `/v1/staff/${body.staffId}`);
    expect(member.body).toMatchObject({ status: 'active', role: 'marketing' });
    expect(member.body).not.toHaveProperty('invitation');
  });

  test('can be used once, also by two at once', async () => {
    const { body } = await invite(await signInAs(app, 'owner'), 'support');
    const tries = await Promise.all([accept(body.invitation.token), accept(body.invitation.token)]);
    expect(tries.filter(({ status }) => status === 204)).toHaveLength(1);
    expect((await accept(body.invitation.token)).status).toBe(410);
  });

  test('is void when it is over, renewed or made up', async () => {
    const owner = await signInAs(app, 'owner');
    const { body: first } = await invite(owner, 'support');
    const { status, body: second } = await owner.request('POST', `/v1/staff/${first.staffId}/invitation`);
    expect(status).toBe(201);
    expect((await accept(first.invitation.token)).status).toBe(410);
    await app.db.query(
      `update invitations set expires_at = now() - interval '1 second' where staff_id = $1`,
      [first.staffId],
    );
    expect((await accept(second.invitation.token)).status).toBe(410);
    expect((await accept('made-up')).status).toBe(410);
  });

  test('cannot be renewed for a member', async () => {
    const owner = await signInAs(app, 'owner');
    const member = await signInAs(app, 'support');
    const answer = await owner.request('POST', `/v1/staff/${member.staffId}/invitation`);
    expect(answer).toMatchObject({ status: 422, body: { key: 'invitation_accepted' } });
  });

  test('is kept as a hash', async () => {
    const { body } = await invite(await signInAs(app, 'owner'), 'support');
    const { rows } = await app.db.query(
      'select (select json_agg(invitations)::text from invitations), (select json_agg(audit_log)::text from audit_log)',
    );
    expect(JSON.stringify(rows)).not.toContain(body.invitation.token);
  });

  test('is refused for somebody who is there already', async () => {
    const owner = await signInAs(app, 'owner');
    const member = await signInAs(app, 'support');
    expect((await invite(owner, 'marketing', member.email.toUpperCase())).status).toBe(409);
  });

  test('of another brand does not let its administrators into the account', async () => {
    const other = await app.anotherBrand();
    const victim = await signInAs(app, 'owner');
    const rival = await signInAs(app, 'administrator', other.brand.brandId);
    const { status, body } = await invite(rival, 'support', victim.email);
    expect(status).toBe(201);
    const taken = await accept(body.invitation.token, 'a password of the rival');
    expect(taken).toMatchObject({ status: 422, body: { key: 'wrong_password' } });
    expect((await signIn(victim.email, 'a password of the rival')).status).toBe(401);
    expect((await accept(body.invitation.token, TEST_PASSWORD)).status).toBe(204);
  });

  test('taken by the first brand that invited does not open the second', async () => {
    const other = await app.anotherBrand();
    const owner = await signInAs(app, 'owner');
    const rival = await signInAs(app, 'administrator', other.brand.brandId);
    const email = 'newcomer@lucky-star.example';
    const ours = (await invite(owner, 'administrator', email)).body;
    const theirs = (await invite(rival, 'support', email)).body;
    expect((await accept(theirs.invitation.token, 'a password of the rival')).status).toBe(204);
    const browser = openBrowser(app);
    await browser.request('POST', '/v1/auth/sign-in', {
      body: { email, password: 'a password of the rival' },
    });
    expect((await browser.request('GET', '/v1/me')).body.brand).toBe(other.brand.slug);
    const ourBrand = { headers: { 'promosmith-brand': 'lucky-star' } };
    expect((await browser.request('GET', '/v1/me', ourBrand)).status).toBe(403);
    expect((await accept(ours.invitation.token)).body.key).toBe('wrong_password');
  });
});

describe('rank', () => {
  const mayInvite: Record<Role, readonly Role[]> = {
    owner: Object.keys(ROLES) as Role[],
    administrator: ['administrator', 'marketing', 'fraud_analyst', 'support', 'data_analyst'],
    marketing: [],
    fraud_analyst: [],
    support: [],
    data_analyst: [],
  };

  test.each(Object.entries(mayInvite))('%s invites %j', async (role, allowed) => {
    const member = await signInAs(app, role as Role);
    for (const other of Object.keys(ROLES) as Role[])
      expect((await invite(member, other)).status, other).toBe(allowed.includes(other) ? 201 : 403);
  });

  test('nobody raises themselves or others above their own', async () => {
    const admin = await signInAs(app, 'administrator');
    const support = await signInAs(app, 'support');
    for (const { staffId } of [admin, support]) {
      const raised = await admin.request('PATCH', `/v1/staff/${staffId}`, { body: { role: 'owner' } });
      expect(raised).toMatchObject({ status: 403, body: { key: 'forbidden' } });
    }
  });

  test('nobody changes or suspends somebody above them', async () => {
    const owner = await signInAs(app, 'owner');
    const admin = await signInAs(app, 'administrator');
    const path = `/v1/staff/${owner.staffId}`;
    expect((await admin.request('PATCH', path, { body: { role: 'support' } })).status).toBe(403);
    expect((await admin.request('POST', `${path}/suspend`, { body: {} })).status).toBe(403);
  });

  test('an API key makes nobody who can do more than it, and no owner', async () => {
    const key = await app.key(['staff:write', ...ROLES.data_analyst]);
    const make = (role: Role) =>
      app.request('POST', '/v1/staff', { key, body: { email: `${role}@keys.example`, name: 'Robin', role } });
    expect((await make('data_analyst')).status).toBe(201);
    expect((await make('marketing')).status).toBe(403);
    const strong = await app.request('POST', '/v1/staff', {
      body: { email: 'owner@keys.example', name: 'Robin', role: 'owner' },
    });
    expect(strong.status).toBe(403);
  });
});

describe('the last owner', () => {
  async function brandWithOwners(count: number): Promise<TestMember[]> {
    const { brand } = await app.anotherBrand();
    const owners = [];
    for (let n = 0; n < count; n++) owners.push(await signInAs(app, 'owner', brand.brandId));
    return owners;
  }
  const stepDown = (by: TestMember, who: TestMember) =>
    by.request('PATCH', `/v1/staff/${who.staffId}`, { body: { role: 'administrator' } });
  const suspend = (by: TestMember, who: TestMember) =>
    by.request('POST', `/v1/staff/${who.staffId}/suspend`, { body: {} });

  test('can neither step down nor be suspended', async () => {
    const [owner] = await brandWithOwners(1);
    for (const answer of [await stepDown(owner!, owner!), await suspend(owner!, owner!)])
      expect(answer).toMatchObject({ status: 422, body: { key: 'last_owner' } });
  });

  test('is kept when two owners remove each other at once', async () => {
    const [one, two] = await brandWithOwners(2);
    const answers = await Promise.all([suspend(one!, two!), suspend(two!, one!)]);
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    const { rows } = await app.db.query(
      `select from memberships where staff_id = any($1::uuid[]) and role = 'owner' and status = 'active'`,
      [[one!.staffId, two!.staffId]],
    );
    expect(rows).toHaveLength(1);
  });

  test('may go when there is another', async () => {
    const [one, two] = await brandWithOwners(2);
    expect((await stepDown(one!, one!)).body.role).toBe('administrator');
    expect((await stepDown(two!, two!)).status).toBe(422);
  });
});

describe('a suspension', () => {
  test('takes effect with the next request, and ends the session', async () => {
    const owner = await signInAs(app, 'owner');
    const member = await signInAs(app, 'marketing');
    const path = `/v1/staff/${member.staffId}`;
    const { body } = await owner.request('POST', `${path}/suspend`, { body: { reason: 'left' } });
    expect(body.status).toBe('suspended');
    expect((await member.request('GET', '/v1/me')).status).toBe(401);
    const refused = await signIn(member.email);
    expect(refused.status).toBe(403);
    expect(refused.headers.getSetCookie()).toEqual([]);
    const { rows: sessions } = await app.db.query('select from staff_sessions where staff_id = $1', [
      member.staffId,
    ]);
    expect(sessions).toEqual([]);

    expect((await owner.request('POST', `${path}/reactivate`, { body: {} })).body.status).toBe('active');
    expect((await signIn(member.email)).status).toBe(200);
    const again = await owner.request('POST', `${path}/reactivate`, { body: {} });
    expect(again).toMatchObject({ status: 422, body: { key: 'not_suspended' } });
    const { rows } = await app.db.query<{ action: string; reason: string | null }>(
      `select action, reason from audit_log where target_id = $1 and action ~ 'suspend|reactiv' order by entry_id`,
      [member.staffId],
    );
    expect(rows).toEqual([
      { action: 'staff.suspended', reason: 'left' },
      { action: 'staff.reactivated', reason: null },
    ]);
  });

  test('of somebody invited voids the invitation until it is lifted', async () => {
    const owner = await signInAs(app, 'owner');
    const { body } = await invite(owner, 'support');
    const path = `/v1/staff/${body.staffId}`;
    await owner.request('POST', `${path}/suspend`, { body: {} });
    expect((await accept(body.invitation.token)).status).toBe(410);
    expect((await owner.request('POST', `${path}/reactivate`, { body: {} })).body.status).toBe('invited');
    expect((await accept(body.invitation.token)).status).toBe(204);
    expect((await signIn(body.email)).status).toBe(200);
  });

  test('in one brand leaves the other alone', async () => {
    const other = await app.anotherBrand();
    const owner = await signInAs(app, 'owner');
    const rival = await signInAs(app, 'owner', other.brand.brandId);
    const { body } = await invite(rival, 'support', owner.email);
    await accept(body.invitation.token);
    const path = `/v1/staff/${owner.staffId}/suspend`;
    expect((await rival.request('POST', path, { body: {} })).status).toBe(200);
    expect((await owner.request('GET', '/v1/me')).body).toMatchObject({ brand: 'lucky-star', role: 'owner' });
  });
});

describe('somebody who works for two brands', () => {
  test('names the brand, and has its role there', async () => {
    const other = await app.anotherBrand();
    const me = await signInAs(app, 'marketing');
    const rival = await signInAs(app, 'owner', other.brand.brandId);
    const { body } = await invite(rival, 'support', me.email);
    await accept(body.invitation.token);
    const me2 = (brand?: string) =>
      me.request('GET', '/v1/me', brand ? { headers: { 'promosmith-brand': brand } } : {});

    expect((await me2('lucky-star')).body).toMatchObject({ brand: 'lucky-star', role: 'marketing' });
    expect((await me2(other.brand.slug)).body).toMatchObject({ brand: other.brand.slug, role: 'support' });
    const unnamed = await me2();
    expect(unnamed).toMatchObject({ status: 422, body: { key: 'brand_required' } });
    expect(unnamed.body.errors[0].fix).toContain(other.brand.slug);
    expect((await me.request('GET', '/v1/auth/session')).body.memberships).toHaveLength(2);
  });

  test('and one whose brand it is not, or that is not there, are refused alike', async () => {
    const other = await app.anotherBrand();
    const me = await signInAs(app, 'owner');
    for (const brand of [other.brand.slug, 'nowhere']) {
      const answer = await me.request('GET', '/v1/me', { headers: { 'promosmith-brand': brand } });
      expect(answer).toMatchObject({ status: 403, body: { detail: `You do not work for ${brand}.` } });
    }
  });
});

test("another brand's staff are not there", async () => {
  const other = await app.anotherBrand();
  const member = await signInAs(app, 'support');
  const rival = await signInAs(app, 'owner', other.brand.brandId);
  const path = `/v1/staff/${member.staffId}`;
  expect((await rival.request('GET', path)).status).toBe(404);
  expect((await rival.request('PATCH', path, { body: { role: 'marketing' } })).status).toBe(404);
  expect((await rival.request('POST', `${path}/suspend`, { body: {} })).status).toBe(404);
  expect((await rival.request('POST', `${path}/invitation`)).status).toBe(404);
  const { body } = await rival.request('GET', '/v1/staff');
  expect(body.items.map(({ staffId }: { staffId: string }) => staffId)).toEqual([rival.staffId]);
});

test('every role may do what its row of the table says, and nothing else', async () => {
  for (const role of Object.keys(ROLES) as Role[]) {
    const member = await signInAs(app, role);
    const { body } = await member.request('GET', '/v1/me');
    expect(new Set(body.permissions)).toEqual(new Set(ROLES[role]));
    const may = (permission: string) => body.permissions.includes(permission);
    expect((await member.request('GET', '/v1/staff')).status).toBe(may('staff:read') ? 200 : 403);
    expect((await member.request('GET', '/v1/keys')).status).toBe(may('keys:read') ? 200 : 403);
    const rename = { body: { revision: 0, name: 'x' } };
    expect((await member.request('PATCH', '/v1/brand', rename)).status).toBe(may('brands:write') ? 409 : 403);
  }
});
