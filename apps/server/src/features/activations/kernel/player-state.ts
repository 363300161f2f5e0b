import type { LocalClock, Millis, PlayerState } from '@promosmith/core/activation';
import { factsOf, type InlinePlayer, type PlayerRecord } from '../../players/index.ts';
import type { Pending } from './pending.ts';

/** What the decision knows of a player it hears of for the first time: nothing but what the request tells. */
const UNKNOWN = {
  email: null,
  emailCanonical: null,
  phone: null,
  country: null,
  currency: null,
  language: null,
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
  consents: {},
  properties: {},
} as const;

/** The stored player with what the request told inline on top. */
function recordOf(pending: Pending, known: PlayerRecord | undefined, now: Date): PlayerRecord {
  const { attempt, brandId, playerExternalId: externalId, playerDetails } = pending;
  const base: PlayerRecord = known ?? {
    ...UNKNOWN,
    playerId: attempt.playerId,
    brandId,
    externalId,
    createdAt: now,
    updatedAt: now,
  };
  if (!playerDetails) return base;
  const told: Record<string, unknown> = {};
  for (const [field, value] of Object.entries(playerDetails)) if (value !== undefined) told[field] = value;
  if (typeof told.registeredAt === 'string') told.registeredAt = new Date(told.registeredAt);
  return { ...base, ...told };
}

export function playerState(
  pending: Pending,
  known: PlayerRecord | undefined,
  now: Millis,
  clock: LocalClock,
): PlayerState {
  const at = new Date(now);
  const record = recordOf(pending, known, at);
  const facts = () => ({ ...factsOf(record, at, clock.day) });
  return {
    playerId: record.playerId,
    country: record.country,
    currency: record.currency,
    age: record.birthDate === null ? null : factsOf(record, at, clock.day).age,
    kycStatus: record.kycStatus,
    household: record.household,
    selfExcludedUntil: record.selfExcludedUntil?.getTime() ?? null,
    bonusBlocked: record.bonusBlocked,
    facts,
  };
}

/** Players the batch must write down: unknown ones, and known ones of whom the request tells something new. */
export function toSave(batch: readonly Pending[], known: ReadonlyMap<string, PlayerRecord>): InlinePlayer[] {
  return batch.flatMap((pending) => {
    const { attempt, brandId, playerExternalId: externalId, playerDetails: details = {} } = pending;
    const record = known.get(attempt.playerId);
    return record && !tellsMore(record, details) ? [] : [{ brandId, externalId, details }];
  });
}

function tellsMore(record: PlayerRecord, details: NonNullable<Pending['playerDetails']>): boolean {
  return Object.entries(details).some(([field, value]) => {
    if (value === undefined) return false;
    const stored = record[field as keyof PlayerRecord];
    const same = stored instanceof Date ? stored.getTime() === Date.parse(String(value)) : stored === value;
    return !same;
  });
}
