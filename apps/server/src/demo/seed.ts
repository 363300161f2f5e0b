import { randomBytes } from 'node:crypto';
import {
  type Actor,
  BatchInput,
  CampaignInput,
  CodeInput,
  PERMISSIONS,
  type Permission,
} from '@promosmith/contract';
import type { Result } from '@promosmith/core';
import type { App } from '../app.ts';
import { createKeptSecrets, type KeptSecrets, type SecretName } from './kept-secrets.ts';
import { DEMO_DRAW, DEMO_OFFERS, DEMO_PROVIDER, DEMO_TOURNAMENT } from './offers.ts';

export interface Demo {
  /** Slug of the brand. */
  brand: string;
  /** A secret key with every scope. */
  apiKey: string;
  owner: { email: string; password: string };
  casino: CasinoCredentials;
}

/** What the demo casino works with. */
export interface CasinoCredentials {
  brandId: string;
  /** A secret key with the scopes of a platform's back end. */
  key: string;
  publishableKey: string;
}

const BRAND = { slug: 'demo', name: 'Demo Casino', timeZone: 'Europe/Malta', currency: 'EUR' };
const OWNER = { email: 'owner@demo.example', name: 'Demo Owner', role: 'owner' as const };
const ACTOR: Actor = { kind: 'system', id: 'demo' };
/** What the back end of a casino needs that sets itself up: players, their money and codes, and its own connection. */
const CASINO_SCOPES: readonly Permission[] = [
  'players:write',
  'events:write',
  'activations:create',
  'bonuses:read',
  'ledger:read',
  'wallet:write',
  'brands:write',
  'providers:write',
  'webhooks:write',
];
const PASSWORD_BYTES = 12;
const MONTH_MS = 30 * 24 * 3_600_000;

/**
 * Makes the demo brand with an owner, an API key and an offer of each kind, unless it is there. Key and password are
 * kept in the data folder, so that later starts can show them again.
 */
export async function seedDemo(app: App, dataDir: string): Promise<Demo> {
  const secrets = createKeptSecrets(dataDir);
  const existing = await app.brands.bySlug(BRAND.slug);
  const { brandId, slug } = existing ?? must(await app.brands.create(BRAND, { actor: ACTOR }));
  const password = await ownerPassword(app, secrets, brandId, existing !== undefined);
  // Keys that are kept from another database are not this one's.
  const keys = keyMaker(app, existing ? secrets : { ...secrets, read: () => undefined }, brandId);
  const apiKey = await keys('key', 'demo', Object.keys(PERMISSIONS) as Permission[]);
  const casino = {
    brandId,
    key: await keys('casino-key', 'demo casino', CASINO_SCOPES),
    publishableKey: await keys('casino-publishable-key', 'demo casino, in browsers', []),
  };
  if (!existing) {
    await connectGames(app, brandId);
    await makePrizes(app, brandId);
    for (const offer of DEMO_OFFERS) await makeOffer(app, brandId, offer);
  }
  return { brand: slug, apiKey, owner: { email: OWNER.email, password }, casino };
}

/** What the demo asks for is valid: a refusal is a bug. */
function must<T>(result: Result<T>): T {
  if (result.ok) return result.value;
  throw new Error(`the demo was refused: ${result.refusal.key}: ${result.refusal.message}`);
}

async function ownerPassword(
  app: App,
  secrets: KeptSecrets,
  brandId: string,
  made: boolean,
): Promise<string> {
  const kept = made ? secrets.read('password') : undefined;
  if (kept) return kept;
  if (made) return '(the one that was printed when the demo was made)';
  const password = randomBytes(PASSWORD_BYTES).toString('base64url');
  must(await app.staff.addMember({ ...OWNER, brandId, password }, { actor: ACTOR, permissions: 'all' }));
  secrets.write('password', password);
  return password;
}

/**
 * Shows a key that is kept, or makes it.
 * @returns a function of where it is kept, its name, and its scopes; without any it is a publishable one.
 */
const keyMaker =
  (app: App, secrets: KeptSecrets, brandId: string) =>
  async (keptAs: SecretName, name: string, scopes: readonly Permission[]): Promise<string> => {
    const kept = secrets.read(keptAs);
    if (kept) return kept;
    const kind = scopes.length === 0 ? 'publishable' : 'secret';
    const { secret } = must(
      await app.staff.createApiKey(
        { brandId, name, kind, scopes: [...scopes] },
        { actor: ACTOR, permissions: 'all' },
      ),
    );
    secrets.write(keptAs, secret);
    return secret;
  };

/** The tournament and the draw that offers are about: both run for a month. */
async function makePrizes(app: App, brandId: string): Promise<void> {
  const by = { brandId, actor: ACTOR, requestId: 'demo' };
  const end = new Date(Date.now() + MONTH_MS).toISOString();
  must(await app.tournaments.create(by, { ...DEMO_TOURNAMENT, startsAt: null, endsAt: end }));
  must(await app.draws.create(by, { ...DEMO_DRAW, closesAt: end }));
}

/** The provider of the spins. Nothing is there until the demo casino connects itself: until then deliveries wait. */
async function connectGames(app: App, brandId: string): Promise<void> {
  must(
    await app.freeRoundProviders.put({ brandId, actor: ACTOR, requestId: 'demo' }, DEMO_PROVIDER, {
      shape: 'hmac256',
      baseUrl: 'https://games.demo.example',
      accountId: BRAND.slug,
      secret: randomBytes(PASSWORD_BYTES).toString('base64url'),
      secretOverlapSeconds: 0,
    }),
  );
}

async function makeOffer(app: App, brandId: string, offer: (typeof DEMO_OFFERS)[number]): Promise<void> {
  const by = { brandId, actor: ACTOR, requestId: 'demo', mayPublish: true };
  const { campaignId } = must(await app.campaigns.create(by, CampaignInput.parse(offer.campaign)));
  for (const code of offer.codes) must(await app.codes.create(by, campaignId, CodeInput.parse(code)));
  if (offer.batch)
    must(await app.codes.requestBatch(by, campaignId, BatchInput.parse({ kind: 'unique', ...offer.batch })));
  must(await app.campaigns.submit(by, campaignId));
}
