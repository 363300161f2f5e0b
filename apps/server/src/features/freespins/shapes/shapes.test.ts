import { createHash, createHmac } from 'node:crypto';
import { describe, expect, it, test } from 'vitest';
import type { Outcome } from '../../../platform/outbound/attempt.ts';
import { formsha1, setCall } from './formsha1.ts';
import { hmac256, issueCall } from './hmac256.ts';
import { ADAPTERS } from './index.ts';
import { createCall, md5query } from './md5query.ts';
import type { ProviderAccount, ProviderCall, SpinsOrder } from './shape.ts';

const GRANT = '01932f0e-7a4c-7c3e-9d55-0e6b1f2a3c4d';
const NOW = 1_772_784_000_000;

const ORDER: SpinsOrder = {
  grantId: GRANT,
  player: { id: 'p-1042', country: 'DE', language: 'de' },
  currency: { code: 'EUR', exponent: 2 },
  games: ['fruit-parade', 'book-of-codes'],
  count: 20,
  spinValue: 20,
  expiresAt: Date.parse('2026-03-09T08:00:00Z'),
};

const account = (shape: ProviderAccount['shape'], accountId: string, secret: string): ProviderAccount => ({
  shape,
  baseUrl: 'https://games.example/api',
  accountId,
  secret,
});

const HMAC = account('hmac256', 'lucky-star', 'token-of-the-casino');
const FORM = account('formsha1', 'merchant-9', 'key-of-the-merchant');
const MD5 = account('md5query', 'lucky-star', 'secret-of-the-casino');

const received = (body: string, headers: Record<string, string> = {}, now = NOW) => ({
  headers,
  rawBody: Buffer.from(body),
  now,
});

const INVALID = { ok: false, refusal: { key: 'signature_invalid' } };
const FAULT = { field: expect.any(String), reason: expect.any(String) };
const UNREADABLE = {
  ok: false,
  refusal: { key: 'invalid_request', errors: expect.arrayContaining([FAULT]) },
};

/** The literals of these vectors were made with another implementation, from the words of the specification. */
describe('hmac256', () => {
  const BODY =
    `{"casino_id":"lucky-star","issue_id":"${GRANT}","currency":"EUR","games":["fruit-parade","book-of-codes"],` +
    '"freespins_quantity":20,"bet_level":20,"valid_until":"2026-03-09T08:00:00.000Z",' +
    '"user":{"id":"p-1042","country":"DE","language":"de"}}';

  it('sends the body that it signs', () => {
    expect(issueCall(HMAC, ORDER)).toEqual({
      url: 'https://games.example/api/freespins/issue',
      headers: {
        'content-type': 'application/json',
        'x-request-sign': '542741758223c04405bd98c4a1b904ba070582d379bee856219d41499f0fd357',
      },
      body: BODY,
    });
  });

  const FINISH = `{"issue_id":"${GRANT}","status":"played","total_amount":1340,"transaction_id":"t-1"}`;
  const SIGN = '8262125738326059a67a15f7bf22083ca3151ebbd2469076e43612132d2c9252';

  test.each([SIGN, SIGN.toUpperCase()])('reads what is signed by %s', (sign) => {
    expect(hmac256.read(HMAC, received(FINISH, { 'x-request-sign': sign }))).toEqual({
      ok: true,
      value: {
        transactionId: 't-1',
        grantId: GRANT,
        told: { kind: 'end', as: 'finished', won: 1_340 },
      },
    });
  });

  test.each<[string, string, Record<string, string>]>([
    ['another byte', FINISH.replace('1340', '1341'), { 'x-request-sign': SIGN }],
    ['a space more', `${FINISH} `, { 'x-request-sign': SIGN }],
    ['no signature', FINISH, {}],
    ['half a signature', FINISH, { 'x-request-sign': SIGN.slice(0, 32) }],
    ['a signature with more behind it', FINISH, { 'x-request-sign': `${SIGN}00` }],
    ['the signature of another token', FINISH, { 'x-request-sign': sha256('other', FINISH) }],
  ])('refuses %s', (_, body, headers) => {
    expect(hmac256.read(HMAC, received(body, headers))).toMatchObject(INVALID);
  });

  test.each([
    'no JSON',
    '[]',
    '{}',
    FINISH.replace('1340', '-1'),
    FINISH.replace('1340', '13.4'),
    FINISH.replace('1340', '1e300'),
    FINISH.replace('played', 'lost'),
  ])('refuses %s, although it is signed', (body) => {
    const sign = sha256(HMAC.secret, body);
    expect(hmac256.read(HMAC, received(body, { 'x-request-sign': sign }))).toMatchObject(UNREADABLE);
  });

  it('names the end of an order by the order when the provider does not', () => {
    const body = `{"issue_id":"${GRANT}","status":"canceled","total_amount":210,"spins_played":8}`;
    expect(hmac256.read(HMAC, received(body, { 'x-request-sign': sha256(HMAC.secret, body) }))).toMatchObject(
      {
        value: { transactionId: GRANT, told: { as: 'cancelled', won: 210, played: 8 } },
      },
    );
  });
});

describe('formsha1', () => {
  const STAMP = { timestamp: 1_772_784_000, nonce: 'n-0001' };
  const order = { ...ORDER, player: { ...ORDER.player, id: 'p 1042&x' } };

  it('signs the fields together with the headers', () => {
    expect(setCall(FORM, order, 'b-7', STAMP)).toEqual({
      url: 'https://games.example/api/freespins/set',
      headers: {
        'content-type': 'application/x-www-form-urlencoded',
        'X-Merchant-Id': 'merchant-9',
        'X-Timestamp': '1772784000',
        'X-Nonce': 'n-0001',
        'X-Sign': '4299199c6409612e5277553d0dbc173a989d2028',
      },
      body:
        `bet_id=b-7&currency=EUR&freespin_id=${GRANT}&game=fruit-parade&player_id=p+1042%26x&quantity=20` +
        '&valid_until=1773043200',
    });
  });

  const WIN = `action=win&freespin_id=${GRANT}&transaction_id=t-1&player_id=p%201042%26x&currency=EUR&amount=1.10`;
  const HEADERS = {
    'x-merchant-id': 'merchant-9',
    'x-timestamp': '1772784000',
    'x-nonce': 'n-0002',
    'x-sign': 'e8bfad9ba868a831473bc49da0e60320dfc44eeb',
  };

  test.each([NOW, NOW - 300_000, NOW + 300_000])('reads a win at %d', (now) => {
    expect(formsha1.read(FORM, received(WIN, HEADERS, now))).toEqual({
      ok: true,
      value: {
        transactionId: 't-1',
        grantId: GRANT,
        player: 'p 1042&x',
        currency: 'EUR',
        told: { kind: 'round', won: '1.10' },
      },
    });
  });

  test.each([NOW - 300_001, NOW + 300_001])('is a replay at %d', (now) => {
    expect(formsha1.read(FORM, received(WIN, HEADERS, now))).toMatchObject({
      refusal: { key: 'timestamp_out_of_window' },
    });
  });

  test.each<[string, string, Record<string, string>]>([
    ['another amount', WIN.replace('1.10', '1.11'), HEADERS],
    ['a field more', `${WIN}&x=1`, HEADERS],
    ['another nonce', WIN, { ...HEADERS, 'x-nonce': 'n-0003' }],
    ['another timestamp', WIN, { ...HEADERS, 'x-timestamp': '1772784001' }],
    ['another merchant', WIN, { ...HEADERS, 'x-merchant-id': 'merchant-8' }],
    ['no headers', WIN, {}],
  ])('refuses %s', (_, body, headers) => {
    expect(formsha1.read(FORM, received(body, headers))).toMatchObject(INVALID);
  });

  it('refuses a field that is there twice', () => {
    expect(formsha1.read(FORM, received(`${WIN}&amount=9.99`, HEADERS))).toMatchObject(UNREADABLE);
  });

  it('refuses a signed timestamp that is no number', () => {
    const signed = new URLSearchParams(WIN);
    const headers = { 'X-Merchant-Id': 'merchant-9', 'X-Nonce': 'n', 'X-Timestamp': 'now' };
    for (const [name, value] of Object.entries(headers)) signed.set(name, value);
    signed.sort();
    const sign = createHmac('sha1', FORM.secret).update(signed.toString()).digest('hex');
    const sent = { 'x-merchant-id': 'merchant-9', 'x-nonce': 'n', 'x-timestamp': 'now', 'x-sign': sign };
    expect(formsha1.read(FORM, received(WIN, sent))).toMatchObject({
      refusal: { key: 'timestamp_out_of_window' },
    });
  });
});

describe('md5query', () => {
  it('hashes the query, and carries the games beside it', () => {
    const { url, body, headers } = createCall(MD5, ORDER);
    expect(url).toBe(
      `https://games.example/api/bonus/player/create?bonusCode=${GRANT}&casinoId=lucky-star&currency=EUR` +
        '&expirationDate=1773043200&hash=5c910e44d07ac913ee5587af38b20c9a&playerId=p-1042&rounds=20',
    );
    expect(headers).toEqual({ 'content-type': 'application/json' });
    expect(body).toBe(
      '{"gameList":[{"gameId":"fruit-parade","betValues":[{"currency":"EUR","totalBet":"0.20"}]},' +
        '{"gameId":"book-of-codes","betValues":[{"currency":"EUR","totalBet":"0.20"}]}]}',
    );
  });

  const WIN = `bonusCode=${GRANT}&reference=t-1&userId=p-1042&currency=EUR&amount=13.40`;
  const HASH = 'df5a46580111e4f6e63432d84fd5a4af';

  it('reads the end', () => {
    expect(md5query.read(MD5, received(`${WIN}&hash=${HASH}`))).toEqual({
      ok: true,
      value: {
        transactionId: 't-1',
        grantId: GRANT,
        player: 'p-1042',
        currency: 'EUR',
        told: { kind: 'end', as: 'finished', won: '13.40' },
      },
    });
  });

  test.each([
    ['another amount', `${WIN.replace('13.40', '13.41')}&hash=${HASH}`],
    ['no hash', WIN],
    ['another hash', `${WIN}&hash=${md5(WIN)}`],
  ])('refuses %s', (_, body) => {
    expect(md5query.read(MD5, received(body))).toMatchObject(INVALID);
  });

  it('refuses fields that hash like others', () => {
    const merged = `amount=13.40&bonusCode=${GRANT}&currency=EUR%26reference%3Dt-1&userId=p-1042&hash=${HASH}`;
    expect(md5query.read(MD5, received(merged))).toMatchObject(INVALID);
  });
});

/** Answers to the calls of one order, one after another, and what was called. */
function scripted(...answers: Partial<Outcome>[]) {
  const calls: ProviderCall[] = [];
  const ask = async (call: ProviderCall): Promise<Outcome> => {
    const { status = 200, ...more } = answers[calls.length] ?? {};
    calls.push(call);
    const delivered = status !== null && status >= 200 && status < 300;
    const error = delivered ? null : `answered ${status}`;
    return { status, delivered, error, durationMs: 1, response: '', retryAfterMs: null, ...more };
  };
  return { ask, calls, paths: () => calls.map(({ url }) => new URL(url).pathname) };
}

describe('what an answer means', () => {
  test.each<[Partial<Outcome>, string]>([
    [{ status: 200 }, 'accepted'],
    [{ status: 201, response: '{"id":7}' }, 'accepted'],
    [{ status: 400, response: '{"message":"no such game"}' }, 'refused'],
    [{ status: 404 }, 'refused'],
    [{ status: 422 }, 'refused'],
    [{ status: 302 }, 'failed'],
    [{ status: 401 }, 'failed'],
    [{ status: 409 }, 'failed'],
    [{ status: 429 }, 'failed'],
    [{ status: 500 }, 'failed'],
    [{ status: null, error: 'no answer within 10 s', response: null }, 'failed'],
  ])('%o: %s', async (answer, kind) => {
    expect(await hmac256.issue(HMAC, ORDER, scripted(answer).ask)).toMatchObject({ kind });
  });

  test.each<[string, object]>([
    ['{"error":0,"bonusId":77}', { kind: 'accepted', reference: '77' }],
    ['{"error":"0"}', { kind: 'accepted' }],
    ['{"error":7,"description":"Bad game"}', { kind: 'refused', reason: 'error 7: Bad game' }],
    ['{"error":100,"description":"Internal"}', { kind: 'failed', error: 'error 100: Internal' }],
    ['{"error":"x"}', { kind: 'failed' }],
    ['<html>', { kind: 'failed' }],
    ['', { kind: 'failed' }],
  ])('md5query: %s', async (response, answer) => {
    expect(await md5query.issue(MD5, ORDER, scripted({ response }).ask)).toMatchObject(answer);
  });
});

describe('an order by formsha1', () => {
  const BETS = '{"bets":[{"bet_id":1,"bet_value":"0.10"},{"bet_id":2,"bet_value":"0.2"}]}';

  it('takes the bet of the value of a spin', async () => {
    const { ask, calls, paths } = scripted({ response: BETS }, { response: '{"id":"o-1"}' });
    expect(await formsha1.issue(FORM, ORDER, ask)).toEqual({ kind: 'accepted', reference: 'o-1' });
    expect(paths()).toEqual(['/api/freespins/bets', '/api/freespins/set']);
    expect(new URLSearchParams(calls[1]?.body).get('bet_id')).toBe('2');
  });

  it('is refused for good when there is none', async () => {
    const { ask, calls } = scripted({ response: '{"bets":[{"bet_id":1,"bet_value":"0.25"}]}' });
    expect(await formsha1.issue(FORM, ORDER, ask)).toEqual({
      kind: 'refused',
      reason: 'fruit-parade has no bet of 0.20 EUR',
    });
    expect(calls).toHaveLength(1);
  });

  test.each(['{}', 'nothing', '{"bets":[{"bet_id":1}]}'])('is tried again after %s', async (response) => {
    expect(await formsha1.issue(FORM, ORDER, scripted({ response }).ask)).toMatchObject({ kind: 'failed' });
  });

  it('tells how it stands once it is cancelled', async () => {
    const { ask, paths } = scripted({}, { response: '{"rounds_played":8,"total_win":"2.10"}' });
    expect(await formsha1.cancel(FORM, ORDER, ask)).toEqual({
      kind: 'accepted',
      standing: { won: '2.10', played: 8 },
    });
    expect(paths()).toEqual(['/api/freespins/cancel', '/api/freespins/get']);
  });

  it('is not cancelled before the provider says so', async () => {
    const { ask, calls } = scripted({ status: 500 });
    expect(await formsha1.cancel(FORM, ORDER, ask)).toMatchObject({ kind: 'failed' });
    expect(calls).toHaveLength(1);
  });
});

it.each(Object.entries(ADAPTERS))('%s names the order by the grant in every call', async (shape, adapter) => {
  const script = scripted({ response: '{"error":0,"bets":[{"bet_id":2,"bet_value":"0.20"}]}' }, {}, {}, {});
  const own = { hmac256: HMAC, formsha1: FORM, md5query: MD5 }[shape] ?? HMAC;
  await adapter.issue(own, ORDER, script.ask);
  await adapter.cancel(own, ORDER, script.ask);
  const naming = script.calls.filter(({ url, body }) => `${url} ${body}`.includes(GRANT));
  expect(naming.length).toBeGreaterThanOrEqual(2);
  expect(script.calls.filter((call) => !naming.includes(call)).map(({ url }) => url)).toEqual(
    shape === 'formsha1' ? ['https://games.example/api/freespins/bets'] : [],
  );
});

const sha256 = (key: string, text: string): string => createHmac('sha256', key).update(text).digest('hex');
const md5 = (text: string): string => createHash('md5').update(text).digest('hex');
