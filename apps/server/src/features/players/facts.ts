import type { PropertyValue } from '@promosmith/contract';
import type { KnownPlayer } from './player.ts';

const DAY_MS = 86_400_000;

/**
 * The `player` part of what a rule is asked about; names and types are those of the fact catalogue. No
 * interface, because only a type is a record of facts as it is, without a copy for every player.
 */
export type PlayerFacts = {
  country: string | null;
  currency: string | null;
  language: string | null;
  /** Full years. */
  age: number | null;
  registered_at: Date | null;
  days_since_registration: number | null;
  kyc_status: string | null;
  segments: readonly string[];
  email_verified: boolean | null;
  vip_level: number | null;
  /** Minor units of the player's currency. */
  total_deposits: number;
  deposit_count: number;
  last_deposit_at: Date | null;
  last_login_at: Date | null;
  properties: Readonly<Record<string, PropertyValue>>;
};

/**
 * What rules may know of a player at an instant.
 * @param today the calendar date in the brand's time zone, `YYYY-MM-DD`: birthdays begin there at midnight.
 */
export const factsOf = (player: KnownPlayer, now: Date, today: string): PlayerFacts => ({
  country: player.country,
  currency: player.currency,
  language: player.language,
  age: player.birthDate === null ? null : ageOn(today, player.birthDate),
  registered_at: player.registeredAt,
  days_since_registration:
    player.registeredAt === null
      ? null
      : Math.floor((now.getTime() - player.registeredAt.getTime()) / DAY_MS),
  kyc_status: player.kycStatus,
  segments: player.segments,
  email_verified: player.emailVerified,
  vip_level: player.vipLevel,
  total_deposits: player.totalDeposits,
  deposit_count: player.depositCount,
  last_deposit_at: player.lastDepositAt,
  last_login_at: player.lastLoginAt,
  properties: player.properties,
});

/** Full years. Born on 29 February, one is a year older on 1 March of a common year. */
function ageOn(today: string, birthDate: string): number {
  const years = Number(today.slice(0, 4)) - Number(birthDate.slice(0, 4));
  return today.slice(4) < birthDate.slice(4) ? years - 1 : years;
}
