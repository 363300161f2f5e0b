import type { Campaign, CampaignState } from '@promosmith/core/activation';
import { breachesOf } from '@promosmith/core/policy';
import { compileRule } from '@promosmith/core/rules';
import type { Queryable } from '../../../platform/db.ts';
import { type LiveCampaign, loadDefinition } from '../../campaigns/index.ts';
import type { Players } from '../../players/index.ts';

const CAPACITY = 2000;

/** Campaign versions made ready for deciding. Versions never change, so they are kept until space runs out. */
export interface CampaignCache {
  /** Campaigns as they stand, with the version in force compiled. */
  states(connection: Queryable, live: readonly LiveCampaign[]): Promise<Map<string, CampaignState>>;
  /** One version, whatever is in force now. */
  version(connection: Queryable, brandId: string, campaignId: string, version: number): Promise<Campaign>;
}

export function createCampaignCache(players: Players): CampaignCache {
  const kept = new Map<string, Campaign>();

  async function version(
    connection: Queryable,
    brandId: string,
    campaignId: string,
    number: number,
  ): Promise<Campaign> {
    const key = `${campaignId}:${number}`;
    const found = kept.get(key);
    if (found) return found;
    const terms = await loadDefinition(connection, campaignId, number);
    const campaign = {
      campaignId,
      version: number,
      terms,
      rule: await compile(connection, brandId, terms.audience.rule),
      breaches: breachesOf(terms),
    };
    const oldest = kept.size >= CAPACITY ? kept.keys().next().value : undefined;
    if (oldest !== undefined) kept.delete(oldest);
    kept.set(key, campaign);
    return campaign;
  }

  async function compile(connection: Queryable, brandId: string, source: string | null) {
    if (source === null) return null;
    const compiled = compileRule(source, await players.catalogue(brandId, connection));
    if (!compiled.ok)
      throw new Error(`a saved audience rule no longer compiles: ${compiled.errors[0].message}`);
    return compiled.rule;
  }

  return {
    version,
    async states(connection, live) {
      const states = await Promise.all(
        live.map(async ({ brandId, campaignId, version: number, status }) => ({
          campaign: await version(connection, brandId, campaignId, number),
          status,
        })),
      );
      return new Map(states.map((state) => [state.campaign.campaignId, state]));
    },
  };
}
