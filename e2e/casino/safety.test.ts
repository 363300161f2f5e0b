import { createHmac, randomUUID } from 'node:crypto';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { launchBrowser } from '../support/browser.ts';
import {
  type CasinoWorld,
  deposit,
  joinCasino,
  playerOn,
  startCasinoWorld,
  textOf,
  visit,
} from '../support/casino.ts';

const SLOW = { timeout: 240_000 };
// Most of them make accounts, and passwords take as long as they are meant to.
vi.setConfig({ testTimeout: SLOW.timeout });

let world: CasinoWorld;
let browser: Browser;
beforeAll(async () => {
  [world, browser] = await Promise.all([startCasinoWorld(), launchBrowser()]);
}, SLOW.timeout);
afterAll(async () => {
  await browser?.close();
  await world?.close();
});

/** A session as a program has it: its cookie, and what forms carry. */
interface Session {
  cookie: string;
  token: string;
}

const cookieIn = (answer: Response): string => answer.headers.getSetCookie()[0]?.split(';')[0] ?? '';
const tokenIn = (text: string): string => /name="_token" value="([^"]+)"/.exec(text)?.[1] ?? '';

const get = (path: string, cookie = '') =>
  fetch(`${world.url}${path}`, { headers: { cookie }, redirect: 'manual' });

const post = (
  path: string,
  { cookie, token }: Session,
  fields: Record<string, string>,
  headers: Record<string, string> = {},
) =>
  fetch(`${world.url}${path}`, {
    method: 'POST',
    headers: { cookie, ...headers },
    body: new URLSearchParams({ ...(token && { _token: token }), ...fields }),
    redirect: 'manual',
  });

/** Somebody who has just joined. */
async function aSession(): Promise<Session & { email: string }> {
  const form = await get('/register');
  const nobody = { cookie: cookieIn(form), token: tokenIn(await form.text()) };
  const email = `${randomUUID()}@example.com`;
  const joined = await post('/register', nobody, {
    ...{ email, name: 'Dora', password: 'a long password', birthDate: '1990-01-01', country: 'DE' },
    adult: 'on',
  });
  expect(joined.status).toBe(303);
  const cookie = cookieIn(joined);
  return { cookie, email, token: tokenIn(await (await get('/cashier', cookie)).text()) };
}

const aDeposit = (paymentId = randomUUID()) => ({ paymentId, amount: '10', method: 'card' });
const balanceOn = async ({ cookie }: Session): Promise<string> =>
  /data-real>([^<]+)</.exec(await (await get('/cashier', cookie)).text())?.[1] ?? '';

test('a form without its token, with another session’s, or from another site is refused', async () => {
  const [one, other] = [await aSession(), await aSession()];
  const refused = [
    await post('/cashier/deposits', { ...one, token: '' }, aDeposit()),
    await post('/cashier/deposits', { ...one, token: 'wrong' }, aDeposit()),
    await post('/cashier/deposits', { ...one, token: other.token }, aDeposit()),
    await post('/cashier/deposits', one, aDeposit(), { origin: 'https://evil.example' }),
    await post('/cashier/deposits', one, aDeposit(), { origin: 'null' }),
    await post('/slot/spins', { ...one, token: '' }, { roundId: randomUUID(), stake: '100' }),
    await post('/responsible/exclusion', { ...one, token: '' }, { period: 'forever', sure: 'on' }),
    await post('/logout', { ...one, token: '' }, {}),
    await post('/login', { cookie: '', token: one.token }, { email: one.email, password: 'a long password' }),
  ];
  expect(refused.map(({ status }) => status)).toEqual(refused.map(() => 403));
  expect(await balanceOn(one)).toBe('€0.00');
  expect((await post('/cashier/deposits', one, aDeposit(), { origin: world.url })).status).toBe(303);
  expect(await balanceOn(one)).toBe('€10.00');
});

test('a deposit that is sent five times at once counts once', async () => {
  const session = await aSession();
  const payment = aDeposit();
  const answers = await Promise.all(
    Array.from({ length: 5 }, () => post('/cashier/deposits', session, payment)),
  );
  expect(answers.map(({ headers }) => headers.get('location'))).toEqual(
    answers.map(() => `/cashier/payments/${payment.paymentId}`),
  );
  expect(await balanceOn(session)).toBe('€10.00');
});

test('payments and rounds of one player are nobody else’s to see or to change', async () => {
  const [one, other] = [await aSession(), await aSession()];
  const payment = aDeposit();
  await post('/cashier/deposits', one, payment);
  const withdrawal = { ...aDeposit(), amount: '4' };
  await post('/cashier/withdrawals', one, withdrawal);
  const round = { roundId: randomUUID(), stake: '100' };
  await post('/slot/spins', one, round);

  expect((await get(`/cashier/payments/${payment.paymentId}`, one.cookie)).status).toBe(200);
  expect((await get(`/cashier/payments/${payment.paymentId}`, other.cookie)).status).toBe(404);
  await post(`/cashier/withdrawals/${withdrawal.paymentId}/cancel`, other, {});
  expect(await (await get(`/cashier/payments/${withdrawal.paymentId}`, one.cookie)).text()).toContain(
    'Being paid out',
  );
  const played = `/slot?round=${round.roundId}`;
  expect(await (await get(played, one.cookie)).text()).toContain('Stake paid by');
  expect(await (await get(played, other.cookie)).text()).not.toContain('Stake paid by');
  // The same id is another payment when another player sends it.
  await post('/cashier/deposits', other, payment);
  expect(await balanceOn(other)).toBe('€10.00');
});

test('a cookie that was changed, or of a session that was logged out of, is nobody’s', async () => {
  const session = await aSession();
  const [text = '', signature = ''] = session.cookie.replace('casino_session=', '').split('.');
  const claims = JSON.parse(Buffer.from(text, 'base64url').toString());
  const forged = Buffer.from(JSON.stringify({ ...claims, epoch: 1 })).toString('base64url');
  const isSignedIn = async (cookie: string) => (await get('/cashier', cookie)).status === 200;
  expect(await isSignedIn(session.cookie)).toBe(true);
  expect(await isSignedIn(`casino_session=${forged}.${signature}`)).toBe(false);
  expect(await isSignedIn(`casino_session=${text}`)).toBe(false);
  expect(await isSignedIn('casino_session=%00.%00')).toBe(false);
  expect((await post('/logout', session, {})).status).toBe(303);
  expect(await isSignedIn(session.cookie)).toBe(false);
});

test('signing in leads to pages of ours alone', async () => {
  const { email } = await aSession();
  for (const [next, expected] of [
    ['/cashier', '/cashier'],
    ['//evil.example', '/'],
    ['https://evil.example', '/'],
    ['/\\evil.example', '/'],
    ['javascript:alert(1)', '/'],
  ]) {
    const form = await get('/login');
    const nobody = { cookie: cookieIn(form), token: tokenIn(await form.text()) };
    const answer = await post('/login', nobody, { email, password: 'a long password', next: next ?? '' });
    expect(answer.headers.get('location')).toBe(expected);
  }
});

test('player tokens go to the player, and a token of one is of nobody else', async () => {
  const session = await aSession();
  expect(await (await get('/player-token')).json()).toEqual({ token: null });
  const answer = await get('/player-token', session.cookie);
  expect(answer.headers.get('cache-control')).toBe('no-store');
  expect(answer.headers.get('access-control-allow-origin')).toBeNull();
  const { token } = (await answer.json()) as { token: string };
  const claims = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString());
  expect(claims).toMatchObject({ brand: 'demo', sub: expect.stringMatching(/^player-/) });
  expect(claims.exp - claims.iat).toBe(300);
});

test('webhooks and orders of free spins that are not signed are refused', async () => {
  const events = () => world.casino.casino.store.all('select * from received_events').length;
  const send = (path: string, body: string, headers: Record<string, string>) =>
    fetch(`${world.url}${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body,
    });
  const before = events();
  const event = JSON.stringify({ id: randomUUID(), type: 'bonus.granted', data: {} });
  const forged = {
    'webhook-id': 'x',
    'webhook-timestamp': String(Math.floor(Date.now() / 1_000)),
    'webhook-signature': `v1,${createHmac('sha256', 'guess').update(event).digest('base64')}`,
  };
  expect((await send('/promosmith/webhook', event, {})).status).toBe(401);
  expect((await send('/promosmith/webhook', event, forged)).status).toBe(401);
  expect(events()).toBe(before);
  const order = JSON.stringify({ issue_id: 'x', freespins_quantity: 1_000, bet_level: 100 });
  expect((await send('/studio/freespins/issue', order, {})).status).toBe(401);
  expect((await send('/studio/freespins/cancel', order, { 'x-request-sign': 'aa' })).status).toBe(401);
});

test.each([
  ['no fields', {}],
  ['an amount of words', { ...aDeposit(), amount: 'twenty' }],
  ['too little', { ...aDeposit(), amount: '4.99' }],
  ['too much', { ...aDeposit(), amount: '5000.01' }],
  ['another method', { ...aDeposit(), method: 'gold' }],
  ['no id', { ...aDeposit(), paymentId: 'x' }],
  ['a code with a control character', { ...aDeposit(), code: 'A\u0000B' }],
])('a deposit with %s is not taken', async (_, fields) => {
  const session = await aSession();
  expect((await post('/cashier/deposits', session, fields)).status).toBe(422);
  expect(await balanceOn(session)).toBe('€0.00');
});

test.each<[string, string, Record<string, string>]>([
  ['/slot/spins', 'a stake nobody offers', { roundId: randomUUID(), stake: '7' }],
  ['/slot/spins', 'no id', { stake: '100' }],
  ['/roulette/turns', 'no chips', { roundId: randomUUID(), chips: '[]' }],
  ['/roulette/turns', 'no JSON', { roundId: randomUUID(), chips: '{' }],
  ['/roulette/turns', 'a negative chip', { roundId: randomUUID(), chips: '[{"on":"red","amount":-500}]' }],
  ['/roulette/turns', 'no such place', { roundId: randomUUID(), place: '__proto__', chip: '100' }],
])('%s with %s is not played', async (path, _, fields) => {
  const session = await aSession();
  await post('/cashier/deposits', session, aDeposit());
  expect((await post(path, session, fields)).status).toBe(422);
  expect(await balanceOn(session)).toBe('€10.00');
});

test('bodies that are no form, and paths that are no page, are answered kindly', async () => {
  const json = await fetch(`${world.url}/login`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: '{}',
  });
  expect(json.status).toBe(415);
  expect(await json.text()).toContain('cannot be read');
  expect((await post('/login', { cookie: '', token: '' }, { email: 'x'.repeat(70_000) })).status).toBe(413);
  expect((await get('/nowhere')).status).toBe(404);
});

test('a registration that cannot be taken loses nothing but the password', SLOW, async () => {
  await using visitor = await visit(browser);
  const { page } = visitor;
  await page.goto(`${world.url}/register?code=LANTERN`);
  await page.getByLabel('First name').fill('<script>alert(1)</script>');
  await page.getByLabel('Email', { exact: true }).fill('not an address');
  await page.getByLabel('Password').fill('short');
  await page.getByLabel('Date of birth').fill('2020-01-01');
  await page.getByLabel('Country').selectOption('Malta');
  await page.getByLabel('Tell me of offers').check();
  await page.getByRole('button', { name: 'Make my account' }).click();
  await page.getByRole('alert').waitFor();
  const shown = await textOf(page.locator('main'));
  for (const problem of [
    'such as anna@example.com',
    'At least 10 characters, please',
    'You have to be 18',
    'your word',
  ])
    expect(shown).toContain(problem);
  expect(await page.getByLabel('First name').inputValue()).toBe('<script>alert(1)</script>');
  expect(await page.getByLabel('Email', { exact: true }).inputValue()).toBe('not an address');
  expect(await page.getByLabel('Promo code').inputValue()).toBe('LANTERN');
  expect(await page.getByLabel('Country').inputValue()).toBe('MT');
  expect(await page.getByLabel('Tell me of offers').isChecked()).toBe(true);
  expect(await page.getByLabel('Password').inputValue()).toBe('');
  // The first field that is wrong has the focus, and is described by what is wrong.
  expect(await page.evaluate('document.activeElement.id')).toBe('email');
  expect(await page.locator('#email').getAttribute('aria-describedby')).toBe('email-problem');
});

test('an address is taken once; names are text wherever they are shown', SLOW, async () => {
  await using visitor = await visit(browser);
  const { page, faults } = visitor;
  const email = await joinCasino(page, world.url, '', {});
  await page.getByRole('button', { name: 'Log out' }).click();
  await page.goto(`${world.url}/register`);
  await page.getByLabel('First name').fill('<img src=x onerror=alert(1)>');
  await page.getByLabel('Email', { exact: true }).fill(email.toUpperCase());
  await page.getByLabel('Password').fill('a long password');
  await page.getByLabel('Date of birth').fill('1990-04-12');
  await page.getByLabel('I am 18 or older').check();
  await page.getByRole('button', { name: 'Make my account' }).click();
  await page.getByText('There is an account with this address').waitFor();
  await page.getByLabel('Email', { exact: true }).fill(`x${email}`);
  await page.getByLabel('Password').fill('a long password');
  await page.getByRole('button', { name: 'Make my account' }).click();
  await page.getByRole('heading', { name: 'Good to see you, <img src=x onerror=alert(1)>.' }).waitFor();
  expect(faults.filter((fault) => fault.includes('policy'))).toEqual([]);
});

test('another player in the same browser sees nothing of the one before', SLOW, async () => {
  await using visitor = await visit(browser);
  const { page } = visitor;
  await joinCasino(page, world.url);
  await deposit(page, world.url, '40');
  const receipt = page.url();
  const first = await playerOn(page, world.url);
  await page.getByRole('button', { name: 'Log out' }).click();
  await page.goto(receipt);
  expect(page.url()).toContain('/login');
  await joinCasino(page, world.url);
  expect(await playerOn(page, world.url)).not.toBe(first);
  expect(await page.content()).not.toContain(first);
  await page.goto(receipt);
  await page.getByRole('heading', { name: 'Nothing here' }).waitFor();
  expect(await textOf(page.locator('.funds'))).toContain('€0.00');
});
