import { randomBytes } from 'node:crypto';
import { CampaignDefinition } from '@promosmith/contract';
import type { IndicatorName } from '@promosmith/core/risk';
import { codeKey } from '../../apps/server/src/features/codes/index.ts';
import type { Database } from '../../apps/server/src/platform/db.ts';
import { newId } from '../../apps/server/src/platform/ids.ts';
import type { BenchBrand } from './brand.ts';

export const CURRENCY = 'EUR';
/** Minor units each activation grants. */
export const BONUS = 1_000;
const NO_LIMIT_IN_REACH = 1_000_000_000;

const RULE =
  'player.country in ["DE", "AT"] && player.deposit_count >= 1 && player.days_since_registration >= 30 && ' +
  '!("abuser" in player.segments) && activation.channel == "cashier"';

/** Everything a busy campaign asks: market, age, identity, a rule, a limit per player, a total limit and a budget. */
const definition = (limit: number, indicators: readonly IndicatorName[]): CampaignDefinition =>
  CampaignDefinition.parse({
    markets: { countries: ['AT', 'DE'], currencies: [CURRENCY] },
    audience: { rule: RULE, kycRequired: true, minAge: 18 },
    limits: [
      { scope: 'campaign', max: limit },
      { scope: 'player', max: 1 },
    ],
    budget: { [CURRENCY]: BONUS * NO_LIMIT_IN_REACH },
    risk: { indicators: [...indicators] },
    rewards: [{ kind: 'bonus_balance', amount: { [CURRENCY]: BONUS }, wagering: { multiplier: 3_500 } }],
    terms: { significant: 'Wagering 35×. One bonus per player. 18+.' },
  });

export interface BenchCampaign {
  campaignId: string;
  codes: readonly string[];
  /** Look-up keys of the codes, in the same order. */
  codeKeys: readonly string[];
}

const SERIES_BYTES = 3;

/**
 * An active campaign with one shared code, or with unique ones. Written with SQL, because ten thousand codes that the
 * bench knows the text of would otherwise have to be exported first.
 */
export async function makeCampaign(
  db: Database,
  { brandId, secrets }: BenchBrand,
  {
    limit = NO_LIMIT_IN_REACH,
    uniqueCodes = 0,
    indicators = [],
  }: { limit?: number; uniqueCodes?: number; indicators?: readonly IndicatorName[] } = {},
): Promise<BenchCampaign> {
  const campaignId = newId();
  const by = JSON.stringify({ kind: 'system', id: 'bench' });
  const series = randomBytes(SERIES_BYTES).toString('hex').toUpperCase();
  await db.query(
    `insert into campaigns (campaign_id, brand_id, name, status, version, has_codes, created_by)
     values ($1, $2, $3, 'active', 1, true, $4)`,
    [campaignId, brandId, `Bench ${series}`, by],
  );
  await db.query(
    'insert into campaign_versions (campaign_id, version, definition, created_by) values ($1, 1, $2, $3)',
    [campaignId, JSON.stringify(definition(limit, indicators)), by],
  );
  const codes =
    uniqueCodes === 0
      ? [`HOT${series}`]
      : Array.from({ length: uniqueCodes }, (_, n) => `KEY${series}${String(n).padStart(7, '0')}`);
  const codeKeys = codes.map((code) => codeKey(secrets, brandId, code));
  const kind = uniqueCodes === 0 ? 'shared' : 'unique';
  await db.query(
    `insert into codes (code_key, brand_id, campaign_id, batch_id, kind, max_uses, last4, shared_text)
     select key, $1, $2, $3, $4, case when $4 = 'unique' then 1 end, right(code, 4), case when $4 = 'shared' then code end
     from unnest($5::uuid[], $6::text[]) as t (key, code)`,
    [brandId, campaignId, newId(), kind, codeKeys, codes],
  );
  await db.query('analyze codes');
  return { campaignId, codes, codeKeys };
}
