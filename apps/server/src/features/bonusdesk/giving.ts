import type { CampaignDefinition, CampaignStatus } from '@promosmith/contract';
import { ok, type Result, refuse } from '@promosmith/core';
import { localClock } from '@promosmith/core/activation';
import type { Queryable } from '../../platform/db.ts';
import { idAfter, playerId } from '../../platform/ids.ts';
import type { Origin } from '../../platform/outbox.ts';
import { loadOpenGrants } from '../bonuses/index.ts';
import type { Brands } from '../brands/index.ts';
import { loadDefinition } from '../campaigns/index.ts';
import { factsOf, loadPlayers } from '../players/index.ts';
import { findCandidate } from './candidate.ts';
import { issueBonus } from './issue-now.ts';

/** What a campaign promises, given by the server itself to a player who used no code. */
export interface Gift {
  /** The platform's id. */
  readonly player: string;
  readonly campaignId: string;
  /** One reward of the campaign, from 0; null for all of them. */
  readonly rewardIndex: number | null;
  /** Of the first bonus; those of further rewards follow it. */
  readonly grantId: string;
}

/** A bonus as it was given. Minor units. */
export interface Given {
  readonly grantId: string;
  readonly kind: string;
  readonly amount: number;
  readonly currency: string;
}

/** Nobody is there to overrule it: a campaign gives while it runs. */
const GIVING: ReadonlySet<CampaignStatus> = new Set(['active']);

/**
 * Gives bonuses, in the caller's transaction, in which the ids are new. What a person granting by hand may not overrule
 * is checked, and with it what only a person may: that the campaign runs, its countries, age and identity check, and
 * that the player has no bonus that excludes this one. Who may use its codes, and how often, is not asked.
 *
 * A refusal leaves writes behind: the caller undoes them.
 */
export const createGiving =
  (brands: Brands) =>
  async (tx: Queryable, gift: Gift, origin: Origin): Promise<Result<Given[]>> => {
    const { brandId } = origin;
    const { settings, timeZone } = await brands.read(tx, brandId);
    const indexes = await rewardsOf(tx, gift);
    const given: Given[] = [];
    for (const [n, rewardIndex] of indexes.entries()) {
      const asked = { brandId, player: gift.player, campaignId: gift.campaignId, rewardIndex };
      const found = await findCandidate(tx, asked, settings.jurisdiction, GIVING);
      if (!found.ok) return found;
      const { definition, plan, now } = found.value;
      const barred = n === 0 ? await barredFrom(tx, brandId, gift, definition, { now, timeZone }) : undefined;
      if (barred) return barred;
      const grantId = idAfter(gift.grantId, n);
      const issued = await issueBonus(tx, { ...gift, grantId, source: 'journey' }, found.value, origin);
      if (!issued.ok) return issued;
      given.push({ grantId, kind: plan.kind, amount: plan.amount, currency: plan.currency });
    }
    return ok(given);
  };

async function rewardsOf(tx: Queryable, { campaignId, rewardIndex }: Gift): Promise<readonly number[]> {
  if (rewardIndex !== null) return [rewardIndex];
  const { rows } = await tx.query<{ version: number }>(
    'select version from campaigns where campaign_id = $1',
    [campaignId],
  );
  const { version } = rows[0] ?? {};
  return version === undefined ? [0] : [...(await loadDefinition(tx, campaignId, version)).rewards.keys()];
}

/** What the campaign's terms ask of whoever gets its bonuses. */
async function barredFrom(
  tx: Queryable,
  brandId: string,
  { player: externalId }: Gift,
  { markets, audience, exclusive, exclusiveGroup }: CampaignDefinition,
  { now, timeZone }: { now: Date; timeZone: string },
) {
  const id = playerId(brandId, externalId);
  const player = (await loadPlayers(tx, [id])).get(id);
  if (!player) return refuse('not_found', 'There is no such player.');
  if (markets.countries && !(player.country !== null && markets.countries.includes(player.country)))
    return refuse('country_not_eligible', `The campaign is not for players of ${player.country}.`);
  const { age } = factsOf(player, now, localClock(now.getTime(), timeZone).day);
  if (audience.minAge !== undefined && (age ?? 0) < audience.minAge)
    return refuse('audience_rules_violated', `The campaign is for players of ${audience.minAge} and older.`);
  if (audience.kycRequired && player.kycStatus !== 'verified')
    return refuse('kyc_required', 'The identity of the player has to be checked first.');
  if (!exclusive && exclusiveGroup === null) return undefined;
  const open = (await loadOpenGrants(tx, [id])).get(id) ?? [];
  return open.some((grant) => exclusive || grant.exclusiveGroup === exclusiveGroup)
    ? refuse('conflicting_bonus', 'The player has an open bonus that excludes this one.')
    : undefined;
}
