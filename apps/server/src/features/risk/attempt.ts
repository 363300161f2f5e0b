/** An attempt as far as it tells who may be behind it. */
export interface RiskAttempt {
  readonly brandId: string;
  readonly playerId: string;
  readonly deviceId?: string | undefined;
  readonly ip?: string | undefined;
  /** ISO 3166-1 alpha-2, as the caller told it: used where the operator's file knows none. */
  readonly ipCountry?: string | undefined;
}
