import type { Indicator, IndicatorName } from '../indicator.ts';
import type { HistoryKnown, RiskKnown } from '../known.ts';
import { addressShared } from './address-shared.ts';
import { bonusOnlyPlayer } from './bonus-only-player.ts';
import { claimRightAfterRegistration } from './claim-right-after-registration.ts';
import { codeGuessing } from './code-guessing.ts';
import { depositWithdrawCycle } from './deposit-withdraw-cycle.ts';
import { deviceShared } from './device-shared.ts';
import { emailAliasDuplicate } from './email-alias-duplicate.ts';
import { emailDisposable } from './email-disposable.ts';
import { geoMismatch } from './geo-mismatch.ts';
import { ipDatacenter } from './ip-datacenter.ts';
import { ipShared } from './ip-shared.ts';
import { ipTor } from './ip-tor.ts';
import { ipVpn } from './ip-vpn.ts';
import { lowRiskPlay } from './low-risk-play.ts';
import { maxBetBreach } from './max-bet-breach.ts';
import { paymentShared } from './payment-shared.ts';
import { selfExcludedMatch } from './self-excluded-match.ts';

/** Looked at in the decision itself. */
export const OF_ATTEMPTS: readonly Indicator<RiskKnown>[] = [
  deviceShared,
  ipShared,
  ipDatacenter,
  ipVpn,
  ipTor,
  geoMismatch,
  codeGuessing,
  claimRightAfterRegistration,
];

/** Worked out in the background, and kept for decisions to come. */
export const OF_HISTORY: readonly Indicator<HistoryKnown>[] = [
  selfExcludedMatch,
  emailDisposable,
  emailAliasDuplicate,
  paymentShared,
  addressShared,
  lowRiskPlay,
  depositWithdrawCycle,
  maxBetBreach,
  bonusOnlyPlayer,
];

/** What is the same for both. */
export type AnyIndicator = Omit<Indicator<never>, 'find'>;

const ALL: readonly AnyIndicator[] = [...OF_ATTEMPTS, ...OF_HISTORY];

export const INDICATORS = Object.fromEntries(ALL.map((indicator) => [indicator.name, indicator])) as Readonly<
  Record<IndicatorName, AnyIndicator>
>;
