import { PERMISSIONS, type Permission } from '@promosmith/contract';
import { must, type TestApp } from '../../../apps/server/src/testing/test-app.ts';
import {
  signInAs,
  TEST_PASSWORD,
  type TestMember,
  totpCode,
} from '../../../apps/server/src/testing/test-staff.ts';
import { playerTokenSigner } from '../credentials.ts';
import { done } from '../done.ts';
import type { Operation } from '../operations.ts';
import { buildWorld } from '../world.ts';
import type { Known } from './instances.ts';
import { knownOf, moreKnown, together } from './known.ts';

const SYSTEM = { actor: { kind: 'system', id: 'test' }, permissions: 'all' } as const;
const TOTP_STEP_MS = 30_000;
const TOKEN_SECONDS = 3600;

/** Who sends requests, and what these can be about. */
export interface Stage {
  headers: Record<string, string>;
  known: Known;
}

/**
 * A brand of its own for requests to one operation, with things in it, and a caller who may do anything there.
 * @param origin where the server is that gets the requests: a page elsewhere could change nothing.
 */
export async function setStage(app: TestApp, operation: Operation, origin: string): Promise<Stage> {
  const { brand, ownerKey } = await app.anotherBrand();
  // Batches of millions of codes wait for a second person, who never comes.
  await done(
    app.request('PATCH', '/v1/approvals/thresholds', { key: ownerKey, body: { bulkGeneration: 1_000 } }),
  );
  const [world, more] = await Promise.all([buildWorld(app, ownerKey), moreKnown(app, ownerKey)]);
  const known = together(knownOf(world), more);
  if (operation.permission === undefined) {
    const { cookie, secrets } = await signedInFor(app, operation, brand.brandId);
    return { headers: { cookie, origin }, known: { ...known, ...secrets } };
  }
  if (isOfOneself(operation)) {
    const { sign } = await playerTokenSigner(app, ownerKey);
    const exp = Math.floor(Date.now() / 1000) + TOKEN_SECONDS;
    return { headers: bearer(await sign({ brand: brand.slug, sub: world.externalId, exp })), known };
  }
  if (OF_STAFF.has(operation.id)) {
    const person = await signInAs(app, 'owner', brand.brandId);
    const view = { page: 'activations', name: 'Refused' };
    await done(person.request('PUT', `/v1/me/views/${view.page}/${view.name}`, { body: { query: '' } }));
    return {
      headers: { cookie: cookieOf(person), origin },
      known: { ...known, page: [view.page], name: [view.name] },
    };
  }
  // What somebody asked for only they withdraw, and only others decide; reports are changed by who made them.
  if (/^withdraw|Report$/.test(operation.id)) return { headers: bearer(ownerKey), known };
  const scopes = Object.keys(PERMISSIONS) as Permission[];
  const other = must(await app.staff.createApiKey({ brandId: brand.brandId, name: 'fuzz', scopes }, SYSTEM));
  return { headers: bearer(other.secret), known };
}

/** What a player does for oneself: nobody else can. */
export const isOfOneself = ({ path, admits }: Pick<Operation, 'path' | 'admits'>): boolean =>
  path.startsWith('/v1/me/') && admits.includes('playerToken');

/** What needs a person, whatever the scopes of a key. */
const OF_STAFF: ReadonlySet<string> = new Set(['createBrand', 'deleteSavedView', 'putSavedView']);

const bearer = (key: string) => ({ authorization: `Bearer ${key}` });

/** Somebody who has come as far with signing in as the operation asks for, and the secrets that take them further. */
async function signedInFor(
  app: TestApp,
  { id }: Operation,
  brandId: string,
): Promise<{ cookie: string; secrets: Known }> {
  await app.db.query('delete from sign_in_failures');
  const person = await signInAs(app, 'owner', brandId);
  let codes: string[] = [];
  if (id === 'confirmTwoFactor') codes = [totpCode((await startTwoFactor(person)).totpUri)];
  if (id.startsWith('signInWith')) codes = await askedForSecondFactor(person);
  const password = [TEST_PASSWORD];
  return {
    cookie: cookieOf(person),
    secrets: { email: [person.email], password, currentPassword: password, code: codes },
  };
}

const cookieOf = ({ cookies }: TestMember): string =>
  [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');

const startTwoFactor = (person: TestMember): Promise<{ totpUri: string; backupCodes: string[] }> =>
  done(person.request('POST', '/v1/auth/two-factor', { body: { password: TEST_PASSWORD } }));

/** Signs them in with their password alone. @returns what the second factor may be. */
async function askedForSecondFactor(person: TestMember): Promise<string[]> {
  const { totpUri, backupCodes } = await startTwoFactor(person);
  await done(person.request('POST', '/v1/auth/two-factor/confirm', { body: { code: totpCode(totpUri) } }));
  await done(person.request('POST', '/v1/auth/sign-out'));
  await done(
    person.request('POST', '/v1/auth/sign-in', { body: { email: person.email, password: TEST_PASSWORD } }),
  );
  return [totpCode(totpUri, Date.now() + TOTP_STEP_MS), ...backupCodes];
}
