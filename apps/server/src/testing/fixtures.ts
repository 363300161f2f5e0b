import { randomUUID } from 'node:crypto';
import { CampaignDefinition } from '@promosmith/contract';
import { lookUpForms, normaliseCode } from '@promosmith/core/codes';
import type { z } from 'zod';
import { codeKey } from '../features/codes/index.ts';
import { newId, playerId } from '../platform/ids.ts';
import { openSecrets } from '../platform/secrets.ts';
import { must, type TestApp } from './test-app.ts';

/** What a fixture is made with: the database, the brand and the server's secret key. */
export type FixtureHome = Pick<TestApp, 'db'> & {
  brand: Pick<TestApp['brand'], 'brandId'>;
  config: Pick<TestApp['config'], 'secretKey'>;
};

type Definition = z.input<typeof CampaignDefinition>;

/** A bonus of 10.00 EUR, wagered 35 times. */
const TEN_EUR: Definition['rewards'][number] = {
  kind: 'bonus_balance',
  amount: { EUR: 1_000 },
  wagering: { multiplier: 3_500 },
};

const SYSTEM = JSON.stringify({ kind: 'system', id: 'test' });

/**
 * An active campaign of the test brand.
 * @param definition differences from a campaign that grants 10.00 EUR to everybody, however suspicious.
 */
export async function createCampaign(
  { db, brand }: FixtureHome,
  definition: Partial<Definition> = {},
): Promise<{ campaignId: string }> {
  const terms = CampaignDefinition.parse({
    rewards: [TEN_EUR],
    risk: { indicators: [] },
    terms: { significant: 'For tests.' },
    ...definition,
  });
  const campaignId = newId();
  const { startsAt, endsAt } = terms.schedule;
  await db.query(
    `insert into campaigns (campaign_id, brand_id, name, status, version, starts_at, ends_at, has_codes, created_by)
     values ($1, $2, 'Test', 'active', 1, $3, $4, true, $5)`,
    [campaignId, brand.brandId, startsAt, endsAt, SYSTEM],
  );
  await db.query(
    'insert into campaign_versions (campaign_id, version, definition, created_by) values ($1, 1, $2, $3)',
    [campaignId, JSON.stringify(terms), SYSTEM],
  );
  return { campaignId };
}

export interface NewTestCode {
  campaignId: string;
  /** Any text when left out. */
  code?: string | undefined;
  kind?: 'shared' | 'unique' | 'personal' | undefined;
  /** One for a unique or personal code when left out, unlimited for a shared one. */
  maxUses?: number | undefined;
  /** The platform's id of the player it is bound to. */
  holder?: string | undefined;
}

/** An active code of a campaign. */
export async function createCode(
  { db, brand, config }: FixtureHome,
  { campaignId, code = `T${randomUUID()}`, kind = 'shared', maxUses, holder }: NewTestCode,
): Promise<{ code: string; codeId: string }> {
  const [literal] = lookUpForms(must(normaliseCode(code)));
  if (literal === undefined) throw new Error(`${code} is no code`);
  const codeId = codeKey(openSecrets(config.secretKey), brand.brandId, literal);
  await db.query(
    `insert into codes (code_key, brand_id, campaign_id, batch_id, kind, max_uses, holder_id, last4, shared_text)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
    [
      codeId,
      brand.brandId,
      campaignId,
      newId(),
      kind,
      maxUses ?? (kind === 'shared' ? null : 1),
      holder === undefined ? null : playerId(brand.brandId, holder),
      code.slice(-4),
      kind === 'shared' ? code : null,
    ],
  );
  return { code, codeId };
}

export interface NewTestOffer extends Partial<NewTestCode> {
  /** Of the new campaign; not used when `campaignId` names one. */
  definition?: Partial<Definition> | undefined;
}

/** A campaign with a code, or one more code of a campaign. */
export async function createOffer(
  app: FixtureHome,
  { definition, ...code }: NewTestOffer = {},
): Promise<{ campaignId: string; code: string; codeId: string }> {
  const campaignId = code.campaignId ?? (await createCampaign(app, definition)).campaignId;
  return { campaignId, ...(await createCode(app, { ...code, campaignId })) };
}
