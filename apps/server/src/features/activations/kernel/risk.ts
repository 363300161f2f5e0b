import type { Campaign, CodeState, Millis } from '@promosmith/core/activation';
import type { RiskKnown } from '@promosmith/core/risk';
import type { Queryable } from '../../../platform/db.ts';
import type { KnownPlayer } from '../../players/index.ts';
import type { LoadedRisk, Risk } from '../../risk/index.ts';
import type { Pending } from './pending.ts';
import { recordOf } from './player-state.ts';

/** An attempt with the code and the campaign it names. */
export interface Try {
  readonly pending: Pending;
  readonly code: CodeState;
  readonly campaign: Campaign;
}

/** What the kernel asks of who is behind accounts. */
export type WhoIsBehind = Pick<Risk, 'load' | 'persons' | 'identifiers'>;

const countsIndicators = ({ campaign }: Try): boolean => (campaign.terms.risk?.indicators.length ?? 0) > 0;

/** What is known of who is behind attempts at campaigns that count indicators, by the id of the attempt: one statement. */
export async function loadRisk(
  connection: Queryable,
  { load }: WhoIsBehind,
  tries: readonly Try[],
  players: ReadonlyMap<string, KnownPlayer>,
  now: Millis,
): Promise<Map<string, RiskKnown>> {
  const known = new Map<string, RiskKnown>();
  const asking = tries.filter(countsIndicators);
  const loaded = await load(connection, asking.map(asAttempt));
  for (const [n, { pending }] of asking.entries()) {
    const { activationId, playerId } = pending.attempt;
    const found = loaded[n];
    if (!found) throw new Error(`nobody looked who is behind attempt ${activationId}`);
    known.set(activationId, knownOf(pending, players.get(playerId), found, now));
  }
  return known;
}

const limitsPersons = ({ campaign }: Try): boolean =>
  campaign.terms.limits.some(({ scope }) => scope === 'person');

/** What attempts at campaigns with a limit per person are counted by, by the id of the player: one statement. */
export async function loadPersons(
  connection: Queryable,
  { persons, identifiers }: WhoIsBehind,
  tries: readonly Try[],
): Promise<Map<string, readonly string[]>> {
  const asking = tries.filter(limitsPersons);
  const loaded = await persons(connection, asking.map(asAttempt));
  const byPlayer = new Map<string, Set<string>>();
  for (const [n, { pending }] of asking.entries()) {
    const { playerId } = pending.attempt;
    const keys = byPlayer.get(playerId) ?? new Set<string>();
    for (const key of loaded[n] ?? []) keys.add(key);
    // Told with the code, and not written down yet.
    const { email } = pending.playerDetails ?? {};
    const mailbox = email && identifiers.keyOf(pending.brandId, 'email', email);
    if (mailbox) keys.add(mailbox);
    byPlayer.set(playerId, keys);
  }
  return new Map([...byPlayer].map(([playerId, keys]) => [playerId, [...keys]]));
}

const asAttempt = ({ pending: { brandId, attempt } }: Try) => ({
  brandId,
  playerId: attempt.playerId,
  deviceId: attempt.entry.deviceId,
  ip: attempt.entry.ip,
  ipCountry: attempt.entry.ipCountry,
});

function knownOf(
  pending: Pending,
  stored: KnownPlayer | undefined,
  { device, address, guessing, profile, listed }: LoadedRisk,
  now: Millis,
): RiskKnown {
  const { registeredAt, country } = recordOf(pending, stored);
  return {
    registeredAgo: registeredAt === null ? null : now - registeredAt.getTime(),
    channel: pending.attempt.entry.channel,
    country,
    device,
    address,
    guessing,
    profile,
    listed,
  };
}
