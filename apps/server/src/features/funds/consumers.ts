import type { Refusal } from '@promosmith/core';
import { refusalOf } from '@promosmith/core/funds';
import type { Queryable } from '../../platform/db.ts';
import type { NewEvent } from '../../platform/outbox.ts';
import type { Brands } from '../brands/index.ts';
import type { EventConsumer, IncomingEvent } from '../events/index.ts';
import type { FundsChange, MoneyChange } from './change.ts';
import { changeFunds } from './changes.ts';
import { fundsAt, isInOrder } from './folding/fold-on.ts';
import { nameOf, type Wallet } from './folding/wallet.ts';
import { openWallets } from './open.ts';
import { findRounds } from './store/bets.ts';

type Withdrawal = IncomingEvent<'withdrawal.requested' | 'withdrawal.cancelled' | 'withdrawal.paid'>;

const KINDS = {
  'withdrawal.requested': 'withdrawal_requested',
  'withdrawal.cancelled': 'withdrawal_cancelled',
  'withdrawal.paid': 'withdrawal_paid',
} as const;

/** What the platform tells of money that is not a bet, and that no bonus waits for. */
export const withdrawalConsumer: EventConsumer<Withdrawal['type']> = {
  types: ['withdrawal.requested', 'withdrawal.cancelled', 'withdrawal.paid'],

  /** A request that the terms of a bonus block is the platform's to turn down: only one that it made is a fact. */
  async check(tx, events) {
    const asked = events.filter((event) => event.type === 'withdrawal.requested');
    const wallets = await openWallets(tx, asked.map(ownerOf));
    return asked.flatMap((event) => {
      const wallet = wallets.get(nameOf(ownerOf(event)));
      const refusal = wallet && blocked(wallet, event);
      return refusal ? [{ event, refusal }] : [];
    });
  },

  apply: (tx, events) =>
    published(
      tx,
      events.map((event) => {
        const { withdrawalId, amount } = event.data;
        return changeOf(event, withdrawalId, { kind: KINDS[event.type], amount, isMirrored: true });
      }),
    ),
};

function blocked(wallet: Wallet, { time, data }: IncomingEvent<'withdrawal.requested'>): Refusal | null {
  const { withdrawalId, amount } = data;
  const asked = {
    kind: 'withdrawal_requested',
    at: Date.parse(time),
    id: withdrawalId,
    withdrawalId,
    amount,
  } as const;
  if (!isInOrder(wallet.last, asked)) return null;
  const refusal = refusalOf(fundsAt(wallet, asked.at), asked);
  return refusal?.key === 'withdrawal_blocked' ? refusal : null;
}

/** A round that never was. It may be told before its bets are, and its currency only they tell. */
export const rollbackConsumer = (brands: Brands): EventConsumer<'round.rolled_back'> => ({
  types: ['round.rolled_back'],

  async apply(tx, events) {
    const played = await findRounds(
      tx,
      events.map(({ playerId, data }) => [playerId, data.roundId] as const),
    );
    const changes: FundsChange[] = [];
    for (const event of events) {
      const bet = played.find(
        ({ bet: { playerId, roundId } }) => playerId === event.playerId && roundId === event.data.roundId,
      );
      const currency = bet?.bet.currency ?? (await brands.get(event.brandId)).currency;
      changes.push({ ...changeOf(event, event.data.roundId, { kind: 'rollback' }), currency });
    }
    return published(tx, changes);
  },
});

const ownerOf = ({ playerId, brandId, player, data: { currency } }: Withdrawal) => ({
  ...{ playerId, brandId, player, currency },
});

const changeOf = (
  { brandId, playerId, player, time, data }: IncomingEvent,
  reference: string,
  change: MoneyChange,
): FundsChange => ({
  brandId,
  playerId,
  playerExternalId: player,
  currency: 'currency' in data && typeof data.currency === 'string' ? data.currency : '',
  reference,
  at: Date.parse(time),
  change,
});

/** Facts are never refused, but for amounts that are past what is exact: of those nothing is known. */
async function published(tx: Queryable, changes: readonly FundsChange[]): Promise<NewEvent[]> {
  const results = await changeFunds(tx, changes);
  return results.flatMap((result) => (result.ok ? result.value.events : []));
}
