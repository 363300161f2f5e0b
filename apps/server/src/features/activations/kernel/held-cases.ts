import type { NewCase } from '../../cases/index.ts';
import type { Decided } from './decided.ts';

/** Cases of activations that a person looks at before they are issued. */
export const heldCases = (decided: readonly Decided[]): NewCase[] =>
  decided.flatMap(({ pending, decision, answer }) => {
    const { assessment, campaign, outcome } = decision;
    if (outcome !== 'in_review' || !assessment) return [];
    const { score, band, policy, findings } = assessment;
    return [
      {
        brandId: pending.brandId,
        kind: 'activation_held',
        playerId: pending.attempt.playerId,
        playerExternalId: pending.playerExternalId,
        activationId: answer.activationId,
        codeKey: answer.codeId,
        campaignId: campaign?.campaignId ?? null,
        score,
        band,
        evidence: { policy, findings },
        openedAt: answer.createdAt,
        correlationId: pending.correlationId,
      },
    ];
  });
