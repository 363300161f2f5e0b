import type { Campaign, Entry, Millis, OpenGrant } from '@promosmith/core/activation';
import type { Jurisdiction } from '@promosmith/core/policy';
import type { IndicatorName, RiskPolicy } from '@promosmith/core/risk';
import type { KnownPlayer } from '../../players/index.ts';
import type { Standing } from '../../risk/index.ts';

/** What a simulation is about. */
export interface Setting {
  /** Its schedule's start and end are left out of account: they are of another time. */
  readonly campaign: Campaign;
  readonly jurisdiction: Jurisdiction;
  /** Of the brand. */
  readonly timeZone: string;
  /** The days of the period, and when each begins; the last instant is when the period is over. */
  readonly days: readonly string[];
  readonly dayStarts: readonly Millis[];
  readonly riskPolicy: RiskPolicy;
  /** All that there are: what abuse is expected is counted by each of them. */
  readonly indicators: ReadonlySet<IndicatorName>;
}

/** A deposit made after a try. */
export interface LaterDeposit {
  readonly at: Millis;
  /** Minor units. */
  readonly amount: number;
  readonly currency: string;
  readonly method: string | null;
  /** Which of the player's it was; null when the platform does not count. */
  readonly nth: number | null;
}

/** A player who enters the code at some time. */
export interface Try {
  readonly at: Millis;
  /** As they were then, as far as is known. */
  readonly player: KnownPlayer;
  readonly entry: Entry;
  /** Within the time the offer waits, the first one first; none where it waits for none. */
  readonly deposits: readonly LaterDeposit[];
  /** Bonuses the player had at the time, of other campaigns; looked for only where they exclude. */
  readonly openGrants: readonly OpenGrant[];
  /** What is stored today about who is behind the account. */
  readonly stored: Standing;
  /** What limits per person count by. */
  readonly person: readonly string[];
}
