import type { Consents, Player, PropertyValue } from '@promosmith/contract';

/** Stands for "until it is lifted": the end of the time PostgreSQL, JSON and JavaScript all can say. */
export const EXCLUDED_FOR_GOOD = new Date('9999-12-31T23:59:59.000Z');

/** A player as the brand's platform described it, as other features see it. */
export interface PlayerRecord {
  playerId: string;
  brandId: string;
  externalId: string;
  email: string | null;
  /** One spelling per mailbox: what aliases of it have in common. */
  emailCanonical: string | null;
  phone: string | null;
  country: string | null;
  currency: string | null;
  language: string | null;
  /** IANA name of the player's own; null when the platform told none. */
  timeZone: string | null;
  /** Calendar date, `YYYY-MM-DD`. */
  birthDate: string | null;
  registeredAt: Date | null;
  kycStatus: string | null;
  vipLevel: number | null;
  emailVerified: boolean | null;
  household: string | null;
  segments: readonly string[];
  depositCount: number;
  /** Minor units of `currency`. */
  totalDeposits: number;
  lastDepositAt: Date | null;
  lastLoginAt: Date | null;
  /** Null when not excluded at the moment of reading; `EXCLUDED_FOR_GOOD` until the exclusion is lifted. */
  selfExcludedUntil: Date | null;
  bonusBlocked: boolean;
  consents: Consents;
  properties: Readonly<Record<string, PropertyValue>>;
  createdAt: Date;
  updatedAt: Date;
}

/** What is decided by: a player without what only the API shows. */
export type KnownPlayer = Omit<
  PlayerRecord,
  'brandId' | 'externalId' | 'emailCanonical' | 'phone' | 'consents' | 'createdAt' | 'updatedAt'
>;

/** Why the player may be given no bonus at the moment of reading, whatever was offered before; null when nothing bars. */
export function barredBy({
  selfExcludedUntil,
  bonusBlocked,
}: Pick<PlayerRecord, 'selfExcludedUntil' | 'bonusBlocked'>): 'self_excluded' | 'bonus_blocked' | null {
  if (selfExcludedUntil) return 'self_excluded';
  return bonusBlocked ? 'bonus_blocked' : null;
}

const instant = (date: Date | null): string | null => date?.toISOString() ?? null;

/** The player as the API shows it. */
export function viewOf(player: PlayerRecord): Player {
  const { playerId, brandId: _, emailCanonical: __, selfExcludedUntil, ...rest } = player;
  return {
    id: playerId,
    ...rest,
    segments: [...rest.segments],
    registeredAt: instant(rest.registeredAt),
    lastDepositAt: instant(rest.lastDepositAt),
    lastLoginAt: instant(rest.lastLoginAt),
    selfExclusion: selfExcludedUntil && { until: untilShown(selfExcludedUntil) },
    createdAt: rest.createdAt.toISOString(),
    updatedAt: rest.updatedAt.toISOString(),
  };
}

const untilShown = (until: Date): string | null => (until < EXCLUDED_FOR_GOOD ? until.toISOString() : null);
