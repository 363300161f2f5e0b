import type { ApprovalThresholds, CampaignDefinition } from '@promosmith/contract';
import type { FieldError } from '@promosmith/core';
import type { Queryable } from '../../platform/db.ts';
import type { Brands } from '../brands/index.ts';
import type { Players } from '../players/index.ts';
import type { Policies } from './policies.ts';
import type { RewardChecks } from './reward-checks.ts';
import { type Ground, policyFaults } from './validation/policy.ts';
import { type BrandKnowledge, savableFaults } from './validation/savable.ts';

/** What definitions of a brand are judged by. */
export interface Knowledge extends BrandKnowledge {
  approvals: ApprovalThresholds;
  ground: Ground;
}

/** @returns what reads it as it stands in the caller's transaction. */
export const createKnowledge =
  ({ brands, players, policies }: { brands: Brands; players: Players; policies: Policies }) =>
  async (tx: Queryable, brandId: string): Promise<Knowledge> => {
    const { settings, currencies } = await brands.read(tx, brandId);
    const catalogue = await players.catalogue(brandId, tx);
    const ground = await policies.groundOf(tx, brandId);
    return { currencies, catalogue, approvals: settings.approvals, ground };
  };

export type Know = ReturnType<typeof createKnowledge>;

/** Why a definition may not be saved: what is wrong in itself, and what the law forbids. Both empty when it may. */
export const faultsOf = (
  definition: CampaignDefinition,
  brand: Knowledge,
  checks: RewardChecks,
): { wrong: FieldError[]; forbidden: FieldError[] } => ({
  wrong: [...savableFaults(definition, brand), ...checks.savable(definition.rewards)],
  forbidden: policyFaults(definition, brand.ground),
});
