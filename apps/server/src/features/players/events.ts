import type { PlatformEvent, Property } from '@promosmith/contract';
import type { Refusal } from '@promosmith/core';
import type { Queryable } from '../../platform/db.ts';
import { dataErrors, refuseData } from './data.ts';
import { EXCLUDED_FOR_GOOD } from './player.ts';
import { listProperties } from './properties.ts';
import * as store from './store/index.ts';

const TYPES = [
  'player.registered',
  'player.updated',
  'player.self_excluded',
  'login',
  'deposit.succeeded',
  'deposit.reversed',
] as const;

type Type = (typeof TYPES)[number];

/** The platform's event as the intake hands it on, with the player it is about as a row is keyed. */
type Told<T extends PlatformEvent['type']> = Extract<PlatformEvent, { type: T }> & {
  readonly brandId: string;
  readonly playerId: string;
  readonly correlationId: string;
};

type PlayerEvent<T extends Type = Type> = Told<T>;
type AnyEvent = Told<PlatformEvent['type']>;

const tellsOfPlayer = (event: AnyEvent): event is PlayerEvent =>
  (TYPES as readonly string[]).includes(event.type);

/** Of deposits and reversals, in the order given, whether the other of the two was told of already. */
export type CounterpartTold = (
  tx: Queryable,
  told: readonly {
    readonly playerId: string;
    readonly reference: string;
    readonly kind: 'deposit' | 'deposit_reversed';
  }[],
) => Promise<readonly boolean[]>;

/**
 * Keeps players as the platform's events tell of them: a consumer for the intake of events, which hands over events
 * of different players in the order of their ids. A player not heard of before is created.
 */
export const playerEvents = (counterpartTold: CounterpartTold) => ({
  // Of the others it holds the players: whatever consumers after it lock comes after players in the order of locks.
  types: 'all' as const,

  async check(tx: Queryable, events: readonly AnyEvent[]) {
    const told = events.filter(tellsOfPlayer);
    return told.length === 0 ? [] : rejectUnfit(tx, told);
  },

  async apply(tx: Queryable, given: readonly AnyEvent[]): Promise<[]> {
    const events = given.filter(tellsOfPlayer);
    await Promise.all([
      store.ensure(
        tx,
        events.map(({ playerId, brandId, player }) => ({ playerId, brandId, externalId: player })),
      ),
      store.hold(
        tx,
        given.map(({ playerId }) => playerId),
      ),
      store.update(tx, of(events, 'player.registered', 'player.updated').map(patchOf)),
      store.extendSelfExclusions(
        tx,
        of(events, 'player.self_excluded').map(({ playerId, data }) => ({
          playerId,
          until: data.until ?? EXCLUDED_FOR_GOOD.toISOString(),
        })),
      ),
      store.recordLogins(tx, of(events, 'login')),
      recordDeposits(tx, of(events, 'deposit.succeeded', 'deposit.reversed'), counterpartTold),
    ]);
    return [];
  },
});

/**
 * A deposit is taken off the count once both it and its reversal were told, whichever came second: taken off before, it
 * would be missing from a count that it was never added to.
 */
async function recordDeposits(
  tx: Queryable,
  events: readonly DepositEvent[],
  counterpartTold: CounterpartTold,
): Promise<void> {
  if (events.length === 0) return;
  const made = events.filter(({ type }) => type === 'deposit.succeeded').map(depositOf);
  const [isPair] = await Promise.all([
    counterpartTold(
      tx,
      events.map(({ type, playerId, data }) => ({
        playerId,
        reference: data.depositId,
        kind: type === 'deposit.succeeded' ? 'deposit' : 'deposit_reversed',
      })),
    ),
    store.addDeposits(tx, made),
  ]);
  const undone = events.filter((_, index) => isPair[index]).map(depositOf);
  await store.takeOffDeposits(tx, undone);
}

const of = <T extends Type>(events: readonly PlayerEvent[], ...types: T[]): PlayerEvent<T>[] =>
  events.filter((event): event is PlayerEvent<T> => (types as readonly Type[]).includes(event.type));

type DepositEvent = PlayerEvent<'deposit.succeeded' | 'deposit.reversed'>;

/** A registration is when the event says, unless the data says otherwise. */
const patchOf = ({
  type,
  playerId,
  brandId,
  player,
  time,
  data,
}: PlayerEvent<'player.registered' | 'player.updated'>): store.PlayerPatch => ({
  playerId,
  brandId,
  externalId: player,
  data: type === 'player.registered' ? { registeredAt: time, ...data } : data,
});

const depositOf = ({ playerId, time, data }: DepositEvent): store.Deposit => ({
  playerId,
  time,
  amount: data.amount,
  currency: data.currency,
  nth: 'index' in data ? (data.index ?? null) : null,
});

async function rejectUnfit(
  tx: Queryable,
  events: readonly PlayerEvent[],
): Promise<{ event: PlayerEvent; refusal: Refusal }[]> {
  const told = of(events, 'player.registered', 'player.updated');
  const registered = new Map<string, Property[]>();
  for (const { brandId, data } of told)
    if (data.properties && !registered.has(brandId))
      registered.set(brandId, await listProperties(tx, brandId));
  return told.flatMap((event) => {
    const errors = dataErrors(event.data, registered.get(event.brandId) ?? []);
    return errors.length > 0 ? [{ event, refusal: refuseData(errors).refusal }] : [];
  });
}
