import { randomBytes } from 'node:crypto';
import {
  type Actor,
  BatchInput,
  CampaignInput,
  CodeInput,
  PERMISSIONS,
  type Permission,
  type Role,
} from '@promosmith/contract';
import type { Result } from '@promosmith/core';
import type { App } from '../app.ts';
import type { Queryable } from '../platform/db.ts';
import { createKeptSecrets, type KeptSecrets, type SecretName } from './kept-secrets.ts';
import { DEMO_DRAW, DEMO_OFFERS, DEMO_PROVIDER, DEMO_TOURNAMENT } from './offers.ts';

export interface Demo {
  /** Slug of the brand. */
  brand: string;
  /** A secret key with every scope. */
  apiKey: string;
  owner: DemoMember;
  /** One of each other role; none where the demo was made by an older version. */
  staff: readonly DemoMember[];
  casino: CasinoCredentials;
}

export interface DemoMember {
  role: Role;
  email: string;
  password: string;
}

/** What the demo casino works with. */
export interface CasinoCredentials {
  brandId: string;
  /** A secret key with the scopes of a platform's back end. */
  key: string;
  publishableKey: string;
}

const BRAND = { slug: 'demo', name: 'Demo Casino', timeZone: 'Europe/Malta', currency: 'EUR' };
type Member = Omit<DemoMember, 'password'> & { name: string };
const OWNER: Member = { role: 'owner', email: 'owner@demo.example', name: 'Demo Owner' };
const STAFF: readonly Member[] = [
  { role: 'administrator', email: 'admin@demo.example', name: 'Ada Falzon' },
  { role: 'marketing', email: 'marketing@demo.example', name: 'Marc Ellul' },
  { role: 'support', email: 'support@demo.example', name: 'Sue Cassar' },
  { role: 'fraud_analyst', email: 'fraud@demo.example', name: 'Frank Azzopardi' },
  { role: 'data_analyst', email: 'analyst@demo.example', name: 'Dana Pace' },
];
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
const UNKNOWN_PASSWORD = '(the one that was printed when the demo was made)';
const MONTH_MS = 30 * 24 * 3_600_000;

/**
 * Makes the demo brand with staff, an API key and an offer of each kind, unless it is there. Keys and passwords are
 * kept in the data folder, so that later starts can show them again.
 * @param prizesFrom when the month begins in which prizes can be won, in ms since 1970.
 */
export async function seedDemo(app: App, dataDir: string, prizesFrom = Date.now()): Promise<Demo> {
  const secrets = createKeptSecrets(dataDir);
  const existing = await app.brands.bySlug(BRAND.slug);
  const { brandId, slug } = existing ?? must(await app.brands.create(BRAND, { actor: ACTOR }));
  const made = existing === undefined;
  const member = (who: Member, keptAs: SecretName) => addMember(app, secrets, { brandId, made, who, keptAs });
  const owner = (await member(OWNER, 'password')) ?? {
    role: OWNER.role,
    email: OWNER.email,
    password: UNKNOWN_PASSWORD,
  };
  const staff: DemoMember[] = [];
  for (const who of STAFF) {
    const added = await member(who, `${who.role}-password`);
    if (added) staff.push(added);
  }
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
    await makePrizes(app, brandId, prizesFrom);
    for (const offer of DEMO_OFFERS) await makeOffer(app, brandId, offer);
  }
  return { brand: slug, apiKey, owner, staff, casino };
}

/** Whether the demo brand is there. */
export async function isSeeded(db: Queryable): Promise<boolean> {
  return (await db.query('select from brands where slug = $1', [BRAND.slug])).rows.length > 0;
}

/** What the demo asks for is valid: a refusal is a bug. */
function must<T>(result: Result<T>): T {
  if (result.ok) return result.value;
  throw new Error(`the demo was refused: ${result.refusal.key}: ${result.refusal.message}`);
}

/** @returns undefined when the brand was there and nobody kept the password. */
async function addMember(
  app: App,
  secrets: KeptSecrets,
  { brandId, made, who, keptAs }: { brandId: string; made: boolean; who: Member; keptAs: SecretName },
): Promise<DemoMember | undefined> {
  const { role, email } = who;
  if (!made) {
    const kept = secrets.read(keptAs);
    return kept === undefined ? undefined : { role, email, password: kept };
  }
  const password = randomBytes(PASSWORD_BYTES).toString('base64url');
  must(await app.staff.addMember({ ...who, brandId, password }, { actor: ACTOR, permissions: 'all' }));
  secrets.write(keptAs, password);
  return { role, email, password };
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
async function makePrizes(app: App, brandId: string, from: number): Promise<void> {
  const by = { brandId, actor: ACTOR, requestId: 'demo' };
  const end = new Date(from + MONTH_MS).toISOString();
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
