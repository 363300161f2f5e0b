import type { CampaignStatus } from '@promosmith/contract';
import { ok, type Result, refuse } from '@promosmith/core';
import { localClock } from '@promosmith/core/activation';
import type { Queryable } from '../../platform/db.ts';
import { idAfter } from '../../platform/ids.ts';
import type { Origin } from '../../platform/outbox.ts';
import { loadOpenGrants } from '../bonuses/index.ts';
import type { Brands } from '../brands/index.ts';
import { loadDefinition, loadLive } from '../campaigns/index.ts';
import { factsOf } from '../players/index.ts';
import { type Candidate, findCandidate, type HandRequest } from './candidate.ts';
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
 * Gives bonuses, in the caller's transaction, which holds the player's row and in which the ids are new. What a person granting by hand may not overrule
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
    const found: Candidate[] = [];
    for (const reward of await rewardsOf(tx, gift)) {
      const asked = { brandId, player: gift.player, campaignId: gift.campaignId, ...reward };
      const candidate = await findCandidate(tx, asked, settings.jurisdiction, GIVING);
      if (!candidate.ok) return candidate;
      found.push(candidate.value);
    }
    const [first] = found;
    const barred = first && (await barredFrom(tx, first, timeZone));
    if (barred) return barred;
    const given: Given[] = [];
    for (const [n, candidate] of found.entries()) {
      const grantId = idAfter(gift.grantId, n);
      const issued = await issueBonus(tx, { ...gift, grantId, source: 'journey' }, candidate, origin);
      if (!issued.ok) return issued;
      const { kind, amount, currency } = candidate.plan;
      given.push({ grantId, kind, amount, currency });
    }
    return ok(given);
  };

/** Rewards of the version in force; one that is not there is for the candidate to refuse. */
async function rewardsOf(
  tx: Queryable,
  { campaignId, rewardIndex }: Gift,
): Promise<readonly Pick<HandRequest, 'rewardIndex' | 'campaignVersion'>[]> {
  const [live] = await loadLive(tx, [campaignId]);
  const campaignVersion = live?.version;
  if (rewardIndex !== null || campaignVersion === undefined)
    return [{ rewardIndex: rewardIndex ?? 0, campaignVersion }];
  const { rewards } = await loadDefinition(tx, campaignId, campaignVersion);
  return rewards.map((_, index) => ({ rewardIndex: index, campaignVersion }));
}

/** What the campaign's terms ask of whoever gets its bonuses. */
async function barredFrom(tx: Queryable, { player, definition, now }: Candidate, timeZone: string) {
  const { markets, audience, exclusive, exclusiveGroup } = definition;
  const { playerId: id } = player;
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
