import { isBudgetKey } from '@promosmith/core/activation';
import type { Queryable } from '../../platform/db.ts';
import type { NewEvent } from '../../platform/outbox.ts';
import { activateGrants, loadPendingGrants } from '../bonuses/index.ts';
import type { CommonOrigin, EventConsumer, IncomingEvent } from '../events/index.ts';
import { changeByEvents, changeOf, counterpartTold, type FundsChange, publishedBy } from '../funds/index.ts';
import { loadPlayers } from '../players/index.ts';
import { type Awaiting, lockAwaiting, saveOutcomes } from './awaiting.ts';
import { spendBudget } from './budget.ts';
import { type Moved, moveCounters } from './give-back.ts';
import type { CampaignCache } from './kernel/campaign-cache.ts';
import { type DepositEvent, type Settlement, settle } from './settlement.ts';

/**
 * Pays deposit bonuses when the deposit arrives: the oldest waiting activation it qualifies for, one per deposit. What
 * was reserved at its worst case is taken for good at its real cost, and the rest is free again (vector V18b). A deposit
 * that was reversed before it was told pays none, nor does one whose money is refused.
 */
export function depositConsumer(campaigns: CampaignCache): EventConsumer<'deposit.succeeded'> {
  return {
    types: ['deposit.succeeded'],
    async apply(tx, events, origin, reject) {
      const [reversed, awaiting] = await Promise.all([
        counterpartTold(
          tx,
          events.map(({ playerId, data }) => ({ playerId, reference: data.depositId, kind: 'deposit' })),
        ),
        lockAwaiting(tx, events),
      ]);
      const standing = events.filter((_, index) => !reversed[index]);
      const concerned = new Set(standing.map(({ playerId }) => playerId));
      const waiting = awaiting.filter(({ player_id }) => concerned.has(player_id));
      const paid = await issueFor(tx, campaigns, waiting, standing);
      const money = await changeByEvents(tx, events, reject, depositChange);
      await useReserved(tx, origin, paid);
      return [...paid.flatMap(grantedEvents), ...money.flatMap(publishedBy)];
    },
  };
}

/** Issues what the deposits pay for. What it takes of counters is the caller's to use, when their turn has come. */
export async function issueFor(
  tx: Queryable,
  campaigns: CampaignCache,
  waiting: readonly Awaiting[],
  deposits: readonly DepositEvent[],
): Promise<Settlement[]> {
  const settlements = await settleAll(tx, campaigns, waiting, deposits);
  await saveOutcomes(tx, settlements);
  const paid = settlements.filter(({ refusal }) => refusal === null);
  await activateGrants(
    tx,
    paid.flatMap(({ grants }) => grants),
  );
  return paid;
}

export async function useReserved(
  tx: Queryable,
  origin: CommonOrigin,
  paid: readonly Settlement[],
): Promise<void> {
  const moved = await moveCounters(
    tx,
    paid.flatMap(({ moves }) => moves),
  );
  await spendBudgets(tx, origin, paid, moved);
}

/** A deposit, or the reversal of one, as a change of its player's money. */
export const depositChange = (
  event: IncomingEvent<'deposit.succeeded' | 'deposit.reversed'>,
): FundsChange => {
  const { amount, currency, depositId } = event.data;
  const kind = event.type === 'deposit.succeeded' ? 'deposit' : 'deposit_reversed';
  return changeOf(event, currency, depositId, { kind, amount });
};

async function settleAll(
  tx: Queryable,
  campaigns: CampaignCache,
  waiting: readonly Awaiting[],
  events: readonly DepositEvent[],
): Promise<Settlement[]> {
  if (waiting.length === 0) return [];
  const players = await loadPlayers(
    tx,
    events.map(({ playerId }) => playerId),
  );
  const pending = await loadPendingGrants(tx, waiting);
  const settlements: Settlement[] = [];
  for (const event of events) {
    const player = players.get(event.playerId);
    if (!player) continue;
    for (const activation of waiting.filter(({ player_id }) => player_id === event.playerId)) {
      const { activation_id, brand_id, campaign_id, campaign_version } = activation;
      const campaign = await campaigns.version(tx, brand_id, campaign_id, campaign_version);
      const settlement = settle(activation, event, player, campaign, pending.get(activation_id) ?? []);
      settlements.push(settlement);
      if (settlement.refusal === null) break;
    }
  }
  return settlements;
}

/** Money that was reserved is spent now: a campaign that has too little left for one more bonus pauses. */
async function spendBudgets(
  tx: Queryable,
  origin: CommonOrigin,
  paid: readonly Settlement[],
  moved: readonly Moved[],
): Promise<void> {
  const budgets = new Map(
    moved.filter(({ key }) => isBudgetKey(key)).map((counter) => [counter.key, counter]),
  );
  for (const { activation, event, moves } of paid) {
    const { correlationId } = event;
    for (const [n, { key, used, reserved }] of moves.entries()) {
      const after = budgets.get(key);
      if (!after || after.maximum === null) continue;
      await spendBudget(
        tx,
        { ...origin, correlationId },
        {
          campaignId: activation.campaign_id,
          counterKey: key,
          maximum: after.maximum,
          used: after.used,
          reserved: after.reserved,
          change: used + reserved,
          step: activation.takes[n]?.[2] ?? 0,
        },
      );
    }
  }
}

export const grantedEvents = ({ activation, event, grants, kinds }: Settlement): NewEvent[] =>
  grants.map(({ grantId, amount, currency }, index) => ({
    type: 'bonus.granted',
    subject: `grant/${grantId}`,
    data: {
      grantId,
      kind: kinds[index],
      amount,
      currency,
      activationId: activation.activation_id,
      campaignId: activation.campaign_id,
      player: activation.player_external_id,
      depositId: event.data.depositId,
    },
  }));
