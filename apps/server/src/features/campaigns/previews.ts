import type { CampaignDefinition, CampaignVerdict, LiabilityPreview } from '@promosmith/contract';
import { ok, type Result, refuse } from '@promosmith/core';
import type { Database } from '../../platform/db.ts';
import type { By } from './campaign.ts';
import { faultsOf, type Know } from './knowledge.ts';
import { readiness } from './launch.ts';
import type { RewardChecks } from './reward-checks.ts';
import { whySecondPerson } from './thresholds.ts';
import { policyWarnings } from './validation/policy.ts';
import { worstCaseOf } from './worst-case.ts';

/** What can be told of a definition before anything of it is saved. */
export interface Previews {
  /** Everything that keeps it from being saved or run, and who would have to agree. */
  judge(by: Pick<By, 'brandId' | 'mayPublish'>, definition: CampaignDefinition): Promise<CampaignVerdict>;
  liability(brandId: string, definition: CampaignDefinition): Promise<Result<LiabilityPreview>>;
}

export function createPreviews(db: Database, know: Know, checks: RewardChecks): Previews {
  return {
    async judge({ brandId, mayPublish }, definition) {
      const brand = await know(db, brandId);
      const { wrong, forbidden } = faultsOf(definition, brand, checks);
      const { faults } = await readiness(db, checks, brandId, definition);
      return {
        faults: [...wrong, ...forbidden],
        notReady: faults,
        warnings: policyWarnings(definition, brand.ground),
        secondPerson: whySecondPerson(definition, brand.approvals, mayPublish) ?? null,
      };
    },

    async liability(brandId, definition) {
      const { ground } = await know(db, brandId);
      const currencies = worstCaseOf(definition);
      if (!currencies)
        return refuse('amount_too_large', 'What this campaign may cost is past what can be told exactly.');
      return ok({ currencies, warnings: policyWarnings(definition, ground) });
    },
  };
}
