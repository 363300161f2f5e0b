import type { Queryable } from '../../platform/db.ts';
import type { NewEvent } from '../../platform/outbox.ts';
import { findCurrencies } from '../brands/index.ts';
import type { EventConsumer, IncomingEvent, Reject } from '../events/index.ts';
import type { FundsAfter, FundsChange, MoneyChange } from './change.ts';
import { changeFunds } from './changes.ts';
import { findRounds } from './store/bets.ts';

const KINDS = {
  'withdrawal.requested': 'withdrawal_requested',
  'withdrawal.cancelled': 'withdrawal_cancelled',
  'withdrawal.paid': 'withdrawal_paid',
} as const;

/**
 * What the platform tells of money that is not a bet, and that no bonus waits for. A request that the terms of a bonus
 * block is the platform's to turn down: only one that it made is a fact.
 */
export const withdrawalConsumer: EventConsumer<keyof typeof KINDS> = {
  types: ['withdrawal.requested', 'withdrawal.cancelled', 'withdrawal.paid'],

  async apply(tx, events, _, reject) {
    const made = await changeByEvents(tx, events, reject, (event) => {
      const { withdrawalId, amount, currency } = event.data;
      const change = { kind: KINDS[event.type], amount, isMirrored: true } as const;
      return changeOf(event, currency, withdrawalId, change);
    });
    return made.flatMap(publishedBy);
  },
};

/** A round that never was. It may be told before its bets are, and its currency only they tell. */
export const rollbackConsumer: EventConsumer<'round.rolled_back'> = {
  types: ['round.rolled_back'],

  async apply(tx, events, _, reject) {
    const played = await findRounds(
      tx,
      events.map(({ playerId, data }) => [playerId, data.roundId] as const),
    );
    const usual = await findCurrencies(tx, [...new Set(events.map(({ brandId }) => brandId))]);
    const made = await changeByEvents(tx, events, reject, (event) => {
      const { playerId, brandId, data } = event;
      const bet = played.find((one) => one.bet.playerId === playerId && one.bet.roundId === data.roundId);
      const currency = bet?.bet.currency ?? usual.get(brandId);
      if (currency === undefined) throw new Error(`there is no brand ${brandId}`);
      return changeOf(event, currency, data.roundId, { kind: 'rollback' });
    });
    return made.flatMap(publishedBy);
  },
};

/** An event of the platform as a change of its player's money. */
export const changeOf = (
  { brandId, playerId, player, time }: IncomingEvent,
  currency: string,
  reference: string,
  change: MoneyChange,
): FundsChange => ({
  ...{ brandId, playerId, playerExternalId: player, currency, reference, change },
  at: Date.parse(time),
});

/** See the room's index. */
export async function changeByEvents<Event extends IncomingEvent>(
  tx: Queryable,
  events: readonly Event[],
  reject: Reject,
  toChange: (event: Event) => FundsChange,
): Promise<(FundsAfter | undefined)[]> {
  const results = await changeFunds(tx, events.map(toChange));
  return results.map((result, index) => {
    const event = events[index];
    if (result.ok) return result.value;
    if (event) reject(event, result.refusal);
    return undefined;
  });
}

/** What a change that was made is told of by; nothing when it was not. */
export const publishedBy = (made: FundsAfter | undefined): readonly NewEvent[] => made?.events ?? [];
