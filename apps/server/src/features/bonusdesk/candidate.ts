import type { CampaignDefinition, CampaignStatus } from '@promosmith/contract';
import { ok, type Result, refuse } from '@promosmith/core';
import type { GrantPlan } from '@promosmith/core/activation';
import { breachesOf, forbiddenBy, type Jurisdiction, jurisdictionsOf } from '@promosmith/core/policy';
import type { Queryable } from '../../platform/db.ts';
import { playerId } from '../../platform/ids.ts';
import { loadDefinition, loadLive } from '../campaigns/index.ts';
import { type KnownPlayer, loadPlayers } from '../players/index.ts';
import { planByHand } from './offer.ts';

/** What a person asks to grant. */
export interface HandRequest {
  readonly brandId: string;
  /** The platform's id. */
  readonly player: string;
  readonly campaignId: string;
  readonly rewardIndex: number;
  readonly currency?: string | undefined;
  readonly amount?: number | undefined;
  /** The version of the terms; the one in force when left out. */
  readonly campaignVersion?: number | undefined;
}

/** A request that may be granted as things stand. */
export interface Candidate {
  readonly player: KnownPlayer;
  readonly campaignVersion: number;
  readonly definition: CampaignDefinition;
  readonly plan: GrantPlan;
  /** The database's clock. */
  readonly now: Date;
}

/** Goodwill may outlive a campaign, but not come before anybody approved its terms. */
const GRANTABLE: ReadonlySet<CampaignStatus> = new Set(['active', 'paused', 'ended']);

/**
 * Looks at everything that a person may not overrule: the campaign's terms, the player's exclusion, the law.
 * @param jurisdiction of the brand's licence.
 * @param grantable states of campaigns that bonuses may be granted of.
 */
export async function findCandidate(
  tx: Queryable,
  request: HandRequest,
  jurisdiction: Jurisdiction,
  grantable = GRANTABLE,
): Promise<Result<Candidate>> {
  const { brandId, campaignId } = request;
  const [live] = await loadLive(tx, [campaignId]);
  if (live?.brandId !== brandId) return refuse('not_found', 'There is no such campaign.');
  if (!grantable.has(live.status))
    return refuse('campaign_not_active', `Nothing can be granted of a campaign that is ${live.status}.`);
  const id = playerId(brandId, request.player);
  const player = (await loadPlayers(tx, [id])).get(id);
  if (!player) return refuse('not_found', 'There is no such player.');
  const currency = currencyFor(player, request.currency);
  if (!currency.ok) return currency;

  const campaignVersion = request.campaignVersion ?? live.version;
  const definition = await loadDefinition(tx, campaignId, campaignVersion);
  const now = await databaseNow(tx);
  const { rewardIndex, amount } = request;
  const plan = planByHand(definition, { rewardIndex, currency: currency.value, amount }, now.getTime());
  if (!plan.ok) return plan;
  const barred = barredBy(player) ?? forbiddenOf(definition, jurisdiction, player, now);
  return barred ?? ok({ player, campaignVersion, definition, plan: plan.value, now });
}

function currencyFor({ currency }: KnownPlayer, asked: string | undefined): Result<string> {
  if (currency !== null && asked !== undefined && asked !== currency)
    return refuse('currency_not_eligible', `The player plays in ${currency}.`);
  const known = currency ?? asked;
  if (known !== undefined) return ok(known);
  const error = { field: 'currency', reason: 'is missing: the currency of the player is not known' };
  return refuse('invalid_request', `${error.field}: ${error.reason}`, [error]);
}

function barredBy({ selfExcludedUntil, bonusBlocked }: KnownPlayer) {
  if (selfExcludedUntil) return refuse('self_excluded', 'The player is excluded: nobody may grant a bonus.');
  return bonusBlocked ? refuse('bonus_blocked', 'The player may have no bonuses.') : undefined;
}

function forbiddenOf(
  definition: CampaignDefinition,
  jurisdiction: Jurisdiction,
  { country }: KnownPlayer,
  now: Date,
) {
  const ruling = jurisdictionsOf(jurisdiction, country);
  const [breach] = forbiddenBy(breachesOf(definition), ruling, now.getTime());
  return breach && refuse('jurisdiction_forbidden', `The law of ${breach.jurisdiction} forbids it.`);
}

async function databaseNow(tx: Queryable): Promise<Date> {
  const { rows } = await tx.query<{ now: Date }>('select now() as now');
  return rows[0]?.now ?? new Date(Number.NaN);
}
