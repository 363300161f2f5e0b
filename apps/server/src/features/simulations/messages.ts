import type { SimulationAssumption, SimulationResult } from '@promosmith/contract';
import type { Jurisdiction } from '@promosmith/core/policy';
import type { RiskPolicy } from '@promosmith/core/risk';

/** What the thread is started with. */
export interface WorkerInput {
  readonly databaseUrl: string;
  /** Keys of identifiers are made with it. */
  readonly secretKey: Uint8Array;
  readonly brandId: string;
  readonly timeZone: string;
  readonly jurisdiction: Jurisdiction;
  readonly campaignId: string;
  readonly version: number;
  /** Days of the brand's clock, the last one included. */
  readonly from: string;
  readonly to: string;
  readonly assume: SimulationAssumption;
  readonly riskPolicy: RiskPolicy;
}

/** What the thread tells: how far it is, and in the end what came out. */
export interface Told {
  /** Basis points. */
  readonly doneBps: number;
  readonly result?: SimulationResult;
  /** In its place: why there is none, and never will be. */
  readonly impossible?: string;
}
