import type { Assessment, Band, Finding, RiskKnown, RiskPolicy } from '@promosmith/core/risk';

/** An account that is looked at. */
export interface Due {
  readonly playerId: string;
  readonly brandId: string;
  /** As it was found to be before. */
  readonly band: Band;
}

/** An account with what it comes to by now. */
export interface Reassessed extends Due {
  readonly known: RiskKnown;
  readonly findings: readonly Finding[];
  readonly assessment: Assessment;
  readonly policy: RiskPolicy;
}
