import { createHmac, randomBytes } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { PlayerTokensInput } from '@promosmith/contract';
import { type CryptoKey, exportJWK, generateKeyPair, SignJWT } from 'jose';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { startTestApp, type TestApp } from '../../testing/test-app.ts';

const secret = randomBytes(32).toString('hex');
const now = () => Math.floor(Date.now() / 1000);
const base64url = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');

let app: TestApp;
let keyServer: Server;
let jwksUrl: string;
let rsa: CryptoKey;
let published: object;

beforeAll(async () => {
  const pair = await generateKeyPair('RS256', { extractable: true });
  rsa = pair.privateKey;
  published = { keys: [{ ...(await exportJWK(pair.publicKey)), kid: 'one', alg: 'RS256', use: 'sig' }] };
  keyServer = createServer((_, response) => response.end(JSON.stringify(published)));
  await new Promise<void>((resolve) => keyServer.listen(0, '127.0.0.1', resolve));
  jwksUrl = `http://127.0.0.1:${(keyServer.address() as AddressInfo).port}/keys.json`;
  app = await startTestApp({ config: { outboundAllowPrivate: true } });
});
afterAll(async () => {
  await app.close();
  keyServer.close();
});

async function accept(playerTokens: PlayerTokensInput | null, on = app): Promise<void> {
  const { status } = await on.request('PUT', '/v1/brand/player-tokens', { body: { playerTokens } });
  expect(status).toBe(200);
}

/** A verified player is turned away by a route that is not for players (403); a token that fails is 401. */
async function verdict(token: string, on = app): Promise<string> {
  const { status, body } = await on.request('GET', '/v1/brand', { key: token });
  return status === 403 && body.detail.startsWith('Player tokens') ? 'verified' : `${status} ${body.detail}`;
}

const claims = { brand: 'lucky-star', sub: 'player-1', iss: 'casino', aud: 'promosmith', exp: now() + 600 };
const hs256 = (payload: object, key = secret) =>
  new SignJWT({ ...payload }).setProtectedHeader({ alg: 'HS256' }).sign(new TextEncoder().encode(key));

describe('a brand with a secret', () => {
  beforeEach(() => accept({ kind: 'hs256', secrets: [secret], issuer: 'casino', audience: 'promosmith' }));

  test('takes its own token', async () => {
    expect(await verdict(await hs256(claims))).toBe('verified');
  });

  test.each([
    { name: 'expired', change: { exp: now() - 60 }, why: 'exp' },
    { name: 'without an end', change: { exp: undefined }, why: 'exp' },
    { name: 'that lives over a day', change: { exp: now() + 90_000 }, why: 'more than a day' },
    { name: 'not valid yet', change: { nbf: now() + 600 }, why: 'nbf' },
    { name: 'of another issuer', change: { iss: 'somebody' }, why: 'iss' },
    { name: 'without an issuer', change: { iss: undefined }, why: 'iss' },
    { name: 'for another audience', change: { aud: 'elsewhere' }, why: 'aud' },
    { name: 'without a player', change: { sub: undefined }, why: 'sub' },
    { name: 'whose player is empty', change: { sub: '' }, why: 'sub' },
    { name: 'whose player has control characters', change: { sub: 'a\u0000b' }, why: 'sub' },
    { name: 'without a brand', change: { brand: undefined }, why: 'brand' },
    { name: 'whose brand is no slug', change: { brand: "x' or 1=1" }, why: 'brand' },
    { name: 'whose brand is an object', change: { brand: { slug: 'lucky-star' } }, why: 'brand' },
    { name: 'of a brand that is not there', change: { brand: 'nowhere' }, why: 'takes none' },
  ])('refuses a token $name', async ({ change, why }) => {
    const refusal = await verdict(await hs256({ ...claims, ...change }));
    expect(refusal).toMatch(/^401 The player token is not valid/);
    expect(refusal).toContain(why);
  });

  test('forgives a clock half a minute off', async () => {
    expect(await verdict(await hs256({ ...claims, exp: now() - 10 }))).toBe('verified');
    expect(await verdict(await hs256({ ...claims, nbf: now() + 10 }))).toBe('verified');
  });

  test('refuses a forged signature', async () => {
    expect(await verdict(await hs256(claims, randomBytes(32).toString('hex')))).toMatch(/^401/);
  });

  test('refuses a token changed after it was signed', async () => {
    const [header, , signature] = (await hs256(claims)).split('.');
    const payload = base64url({ ...claims, sub: 'somebody-else' });
    expect(await verdict(`${header}.${payload}.${signature}`)).toMatch(/^401/);
  });

  test.each(['none', 'None', 'NONE', 'HS384', 'HS512', 'RS256', ''])('refuses alg %j', async (alg) => {
    const signed = `${base64url({ alg, typ: 'JWT' })}.${base64url(claims)}`;
    const mac = createHmac('sha512', secret).update(signed).digest('base64url');
    expect(await verdict(`${signed}.`)).toMatch(/^401/);
    expect(await verdict(`${signed}.${mac}`)).toMatch(/^401/);
  });

  test('takes both secrets while one replaces the other, and then only the new one', async () => {
    const fresh = randomBytes(32).toString('hex');
    await accept({ kind: 'hs256', secrets: [fresh, secret] });
    expect(await verdict(await hs256(claims, fresh))).toBe('verified');
    expect(await verdict(await hs256(claims, secret))).toBe('verified');
    await accept({ kind: 'hs256', secrets: [fresh] });
    expect(await verdict(await hs256(claims, secret))).toMatch(/^401/);
  });

  test('whose tokens are switched off takes none', async () => {
    await accept(null);
    expect(await verdict(await hs256(claims))).toMatch(/^401 .*takes none/);
  });

  test("refuses another brand's token, whichever brand it claims", async () => {
    const other = await app.anotherBrand();
    const theirs = randomBytes(32).toString('hex');
    const { status } = await app.request('PUT', '/v1/brand/player-tokens', {
      key: other.ownerKey,
      body: { playerTokens: { kind: 'hs256', secrets: [theirs] } },
    });
    expect(status).toBe(200);
    expect(await verdict(await hs256(claims, theirs))).toMatch(/^401/);
    expect(await verdict(await hs256({ ...claims, brand: other.brand.slug }))).toMatch(/^401/);
    expect(await verdict(await hs256({ ...claims, brand: other.brand.slug }, theirs))).toBe('verified');
  });

  test('never shows or logs the secret', async () => {
    const { body } = await app.request('GET', '/v1/brand');
    expect(body.playerTokens).toEqual({ kind: 'hs256', issuer: 'casino', audience: 'promosmith' });
    const { rows } = await app.db.query(
      'select (select json_agg(brands)::text from brands), (select json_agg(audit_log)::text from audit_log)',
    );
    expect(JSON.stringify(rows)).not.toContain(secret);
  });
});

describe('a brand whose platform publishes its keys', () => {
  const rs256 = (payload: object, kid = 'one', key = rsa) =>
    new SignJWT({ ...payload }).setProtectedHeader({ alg: 'RS256', kid }).sign(key);

  beforeEach(() => accept({ kind: 'jwks', url: jwksUrl, algorithms: ['RS256'] }));

  test('takes a token signed with one of them', async () => {
    expect(await verdict(await rs256(claims))).toBe('verified');
  });

  test('refuses an HS256 token, also one keyed with what is published', async () => {
    expect(await verdict(await hs256(claims))).toMatch(/^401/);
    expect(await verdict(await hs256(claims, JSON.stringify(published)))).toMatch(/^401/);
  });

  test('refuses a key that is not published, and an unknown key id', async () => {
    const { privateKey } = await generateKeyPair('RS256');
    expect(await verdict(await rs256(claims, 'one', privateKey))).toMatch(/^401/);
    expect(await verdict(await rs256(claims, 'two'))).toMatch(/^401/);
  });

  test('refuses keys that come with the token', async () => {
    const { privateKey, publicKey } = await generateKeyPair('RS256', { extractable: true });
    const header = { alg: 'RS256', jwk: await exportJWK(publicKey), jku: 'http://127.0.0.1:1/keys' };
    expect(await verdict(await new SignJWT(claims).setProtectedHeader(header).sign(privateKey))).toMatch(
      /^401/,
    );
  });

  test('answers 503 while the keys cannot be fetched', async () => {
    await accept({ kind: 'jwks', url: 'http://127.0.0.1:1/keys.json', algorithms: ['RS256'] });
    expect(await verdict(await rs256(claims))).toMatch(/^503/);
  });

  test.each([
    {
      name: 'a symmetric algorithm',
      body: { kind: 'jwks', url: 'https://a.example/k', algorithms: ['HS256'] },
    },
    { name: 'alg none', body: { kind: 'jwks', url: 'https://a.example/k', algorithms: ['none'] } },
    { name: 'a file', body: { kind: 'jwks', url: 'file:///etc/passwd' } },
    { name: 'a short secret', body: { kind: 'hs256', secrets: ['too short'] } },
    { name: 'a secret and a URL', body: { kind: 'hs256', secrets: [secret], url: 'https://a.example/k' } },
  ])('cannot be set up with $name', async ({ body }) => {
    const answer = await app.request('PUT', '/v1/brand/player-tokens', { body: { playerTokens: body } });
    expect(answer).toMatchObject({ status: 422, body: { key: 'invalid_request' } });
  });

  test('cannot be set up at a private address unless the operator allows it', async () => {
    await using guarded = await startTestApp({ config: { outboundAllowPrivate: false } });
    const playerTokens = { kind: 'jwks', url: jwksUrl };
    expect(await guarded.request('PUT', '/v1/brand/player-tokens', { body: { playerTokens } })).toMatchObject(
      {
        status: 422,
        body: { key: 'url_not_allowed' },
      },
    );
  });
});
