import { randomBytes } from 'node:crypto';
import { PERMISSIONS, type Permission, ROLES, type Role, roleMay } from '@promosmith/contract';
import { SignJWT, UnsecuredJWT } from 'jose';
import {
  must,
  type TestApp,
  type TestRequest,
  type TestResponse,
} from '../../apps/server/src/testing/test-app.ts';
import { openBrowser, signInAs, type TestBrowser } from '../../apps/server/src/testing/test-staff.ts';
import { done } from './done.ts';
import type { Operation } from './operations.ts';

/** What the gate in front of every operation answers. */
export type Verdict = 'allowed' | 'unauthenticated' | 'forbidden';

type Send = (method: string, path: string, options?: Omit<TestRequest, 'key'>) => Promise<TestResponse>;

/** One way to call the API, and what it should be able to call. */
export interface Credential {
  name: string;
  send: Send;
  expected(operation: Operation): Verdict;
}

export const ROLE_NAMES = Object.keys(ROLES) as Role[];
const SYSTEM = { actor: { kind: 'system', id: 'test' }, permissions: 'all' } as const;

const bearer =
  (app: TestApp, key: string | null): Send =>
  (method, path, options) =>
    app.request(method, path, { ...options, key });

const admitsRole =
  (role: Role) =>
  ({ permission }: Operation): Verdict =>
    permission && roleMay(role, permission) ? 'allowed' : 'forbidden';

const admitsScheme =
  (scheme: string) =>
  ({ admits }: Operation): Verdict =>
    admits.includes(scheme) ? 'allowed' : 'forbidden';

/** Each role twice: as a signed-in person, and as an API key with exactly the role's scopes. */
export async function roleCredentials(app: TestApp): Promise<Credential[]> {
  const credentials: Credential[] = [];
  for (const role of ROLE_NAMES) {
    const person = await signInAs(app, role);
    credentials.push(
      { name: `${role} (session)`, send: person.request, expected: admitsRole(role) },
      { name: `${role} (key)`, send: bearer(app, await app.key(ROLES[role])), expected: admitsRole(role) },
    );
  }
  return credentials;
}

/** Who is known, but may do nothing unless an operation lets them in by name. */
export async function weakCredentials(app: TestApp): Promise<Credential[]> {
  const withoutScopes = await app.key(['brands:read']);
  await app.db.query(`update api_keys set scopes = '{}' where scopes = '{brands:read}'`);
  return [
    { name: 'a key without scopes', send: bearer(app, withoutScopes), expected: () => 'forbidden' },
    {
      name: 'a publishable key',
      send: bearer(app, await app.publishableKey()),
      expected: admitsScheme('publishableKey'),
    },
    {
      name: 'a player token',
      send: bearer(app, await app.playerToken('p-weak')),
      expected: admitsScheme('playerToken'),
    },
  ];
}

/** Who is nobody: no credential, or one that is broken, forged, stale or taken back. */
export async function badCredentials(app: TestApp): Promise<Credential[]> {
  const keys: Record<string, string | null> = {
    nothing: null,
    'a word': 'open-sesame',
    'a key nobody made': `ps_live_${randomBytes(32).toString('base64url')}`,
    'an expired key': await keyThatEnded(app, { expiresAt: '2020-01-01T00:00:00Z' }),
    'a revoked key': await keyThatEnded(app, { revoke: true }),
    ...(await badPlayerTokens(app)),
  };
  const { suspended, expired } = await endedSessions(app);
  const sends: Record<string, Send> = {
    ...Object.fromEntries(Object.entries(keys).map(([name, key]) => [name, bearer(app, key)])),
    'a password for a key': (method, path, options) =>
      app.request(method, path, {
        ...options,
        key: null,
        headers: { authorization: 'Basic b3duZXI6b3duZXI=' },
      }),
    'the session of somebody suspended': suspended.request,
    'a session that expired': expired.request,
    'a session cookie of random bytes': forgedSession(app).request,
  };
  return Object.entries(sends).map(([name, send]) => ({ name, send, expected: () => 'unauthenticated' }));
}

/** A token of the platform's own secret, with claims as given. */
export interface TokenSigner {
  sign(claims: Record<string, unknown>): Promise<string>;
}

/** Gives the brand of a key a player token secret that the test knows. */
export async function playerTokenSigner(app: TestApp, key = app.ownerKey): Promise<TokenSigner> {
  const secret = randomBytes(32).toString('hex');
  await done(
    app.request('PUT', '/v1/brand/player-tokens', {
      key,
      body: { playerTokens: { kind: 'hs256', secrets: [secret] } },
    }),
  );
  return { sign: (claims) => signedWith(secret, claims) };
}

const signedWith = (secret: string, claims: Record<string, unknown>): Promise<string> =>
  new SignJWT(claims).setProtectedHeader({ alg: 'HS256' }).sign(new TextEncoder().encode(secret));

async function badPlayerTokens(app: TestApp): Promise<Record<string, string>> {
  const { sign } = await playerTokenSigner(app);
  const now = Math.floor(Date.now() / 1000);
  const good = { brand: app.brand.slug, sub: 'p-1', exp: now + 600 };
  return {
    'a player token that expired': await sign({ ...good, exp: now - 60 }),
    'a player token without an end': await sign({ brand: good.brand, sub: good.sub }),
    'a player token good for a year': await sign({ ...good, exp: now + 31_536_000 }),
    'a player token not valid yet': await sign({ ...good, nbf: now + 300 }),
    'a player token for no player': await sign({ ...good, sub: '' }),
    'a player token of no brand': await sign({ ...good, brand: 'nowhere' }),
    'a player token signed by somebody else': await signedWith(randomBytes(32).toString('hex'), good),
    'a player token that is not signed': new UnsecuredJWT(good).encode(),
  };
}

async function keyThatEnded(app: TestApp, how: { expiresAt?: string; revoke?: true }): Promise<string> {
  const scopes = Object.keys(PERMISSIONS) as Permission[];
  const made = must(
    await app.staff.createApiKey(
      { brandId: app.brand.brandId, name: 'ended', scopes, expiresAt: how.expiresAt ?? null },
      SYSTEM,
    ),
  );
  if (how.revoke) await done(app.request('POST', `/v1/keys/${made.keyId}/revoke`, { body: {} }));
  return made.secret;
}

async function endedSessions(app: TestApp): Promise<{ suspended: TestBrowser; expired: TestBrowser }> {
  const suspended = await signInAs(app, 'administrator');
  await done(app.request('POST', `/v1/staff/${suspended.staffId}/suspend`, { body: {} }));
  const expired = await signInAs(app, 'owner');
  await app.db.query(`update staff_sessions set expires_at = now() where staff_id = $1`, [expired.staffId]);
  return { suspended, expired };
}

function forgedSession(app: TestApp): TestBrowser {
  const browser = openBrowser(app);
  const token = randomBytes(32).toString('base64url');
  browser.cookies.set('promosmith.session_token', `${token}.${randomBytes(32).toString('base64url')}`);
  return browser;
}
