import type { LocalClock, Millis, PlayerState } from '@promosmith/core/activation';
import { factsOf, type InlinePlayer, type KnownPlayer } from '../../players/index.ts';
import type { Pending } from './pending.ts';

/** What the decision knows of a player it hears of for the first time: nothing but what the request tells. */
const UNKNOWN = {
  email: null,
  country: null,
  currency: null,
  language: null,
  timeZone: null,
  birthDate: null,
  registeredAt: null,
  kycStatus: null,
  vipLevel: null,
  emailVerified: null,
  household: null,
  segments: [],
  depositCount: 0,
  totalDeposits: 0,
  lastDepositAt: null,
  lastLoginAt: null,
  selfExcludedUntil: null,
  bonusBlocked: false,
  properties: {},
} as const;

/** The stored player with what the request told inline on top. */
export function recordOf({ attempt, playerDetails }: Pending, known: KnownPlayer | undefined): KnownPlayer {
  const base: KnownPlayer = known ?? { ...UNKNOWN, playerId: attempt.playerId };
  if (!playerDetails) return base;
  const told: Record<string, unknown> = {};
  for (const [field, value] of Object.entries(playerDetails)) if (value !== undefined) told[field] = value;
  if (typeof told.registeredAt === 'string') told.registeredAt = new Date(told.registeredAt);
  return { ...base, ...told };
}

export function playerState(
  pending: Pending,
  known: KnownPlayer | undefined,
  now: Millis,
  clock: LocalClock,
  person: readonly string[],
): PlayerState {
  const record = recordOf(pending, known);
  const facts = factsOf(record, new Date(now), clock.day);
  return {
    playerId: record.playerId,
    country: record.country,
    currency: record.currency,
    age: facts.age,
    kycStatus: record.kycStatus,
    household: record.household,
    person,
    selfExcludedUntil: record.selfExcludedUntil?.getTime() ?? null,
    bonusBlocked: record.bonusBlocked,
    facts: () => facts,
  };
}

/** Players the batch must write down: unknown ones, and known ones of whom the request tells something new. */
export function toSave(batch: readonly Pending[], known: ReadonlyMap<string, KnownPlayer>): InlinePlayer[] {
  return batch.flatMap((pending) => {
    const { attempt, brandId, playerExternalId: externalId, playerDetails: details = {} } = pending;
    const record = known.get(attempt.playerId);
    return record && !tellsMore(record, details) ? [] : [{ brandId, externalId, details }];
  });
}

function tellsMore(record: KnownPlayer, details: NonNullable<Pending['playerDetails']>): boolean {
  return Object.entries(details).some(([field, value]) => {
    if (value === undefined) return false;
    const stored = record[field as keyof KnownPlayer];
    const same = stored instanceof Date ? stored.getTime() === Date.parse(String(value)) : stored === value;
    return !same;
  });
}
