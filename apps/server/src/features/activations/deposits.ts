import {
  type Campaign,
  depositTerms,
  isBudgetKey,
  issue,
  type RefusalKey,
} from '@promosmith/core/activation';
import { depositBonus } from '@promosmith/core/bonus';
import type { Queryable } from '../../platform/db.ts';
import { newId } from '../../platform/ids.ts';
import type { NewEvent } from '../../platform/outbox.ts';
import { type Activated, activateGrants, loadPendingGrants, type PendingGrant } from '../bonuses/index.ts';
import type { EventConsumer, IncomingEvent } from '../events/index.ts';
import { loadPlayers, type PlayerRecord } from '../players/index.ts';
import { spendBudget } from './budget.ts';
import { type Move, moveCounters, type StoredTake } from './give-back.ts';
import type { CampaignCache } from './kernel/campaign-cache.ts';

type DepositEvent = IncomingEvent<'deposit.succeeded'>;

interface Awaiting {
  activation_id: string;
  player_id: string;
  brand_id: string;
  player_external_id: string;
  campaign_id: string;
  campaign_version: number;
  takes: StoredTake[];
}

/** One deposit that pays one waiting activation, or says why it does not. */
interface Settlement {
  activation: Awaiting;
  event: DepositEvent;
  refusal: RefusalKey | null;
  grants: Activated[];
  kinds: string[];
  takes: StoredTake[];
  moves: Move[];
}

/**
 * Pays deposit bonuses when the deposit arrives: the oldest waiting activation it qualifies for, one per deposit. What
 * was reserved at its worst case is taken for good at its real cost, and the rest is free again (vector V18b).
 */
export function depositConsumer(campaigns: CampaignCache): EventConsumer<'deposit.succeeded'> {
  return {
    types: ['deposit.succeeded'],
    async apply(tx, events, origin) {
      const waiting = await lockAwaiting(tx, events);
      if (waiting.length === 0) return [];
      const settlements = await settle(tx, campaigns, waiting, events, Date.parse(origin.time));
      await saveActivations(tx, settlements);
      const paid = settlements.filter(({ refusal }) => refusal === null);
      await activateGrants(
        tx,
        paid.flatMap(({ grants }) => grants),
      );
      const moved = await moveCounters(
        tx,
        paid.flatMap(({ moves }) => moves),
      );
      for (const { activation, moves } of paid) {
        const budget = moves.find(({ key }) => isBudgetKey(key));
        const after = budget && moved.find(({ key }) => key === budget.key);
        if (budget && after?.maximum)
          await spendBudget(tx, origin, {
            campaignId: activation.campaign_id,
            counterKey: budget.key,
            maximum: after.maximum,
            used: after.used,
            reserved: after.reserved,
            change: budget.used + budget.reserved,
            step: -budget.reserved,
          });
      }
      return paid.flatMap(grantedEvents);
    },
  };
}

/** Waiting activations of the depositing players that began before the deposit and still wait, oldest first. */
async function lockAwaiting(tx: Queryable, events: readonly DepositEvent[]): Promise<Awaiting[]> {
  const { rows } = await tx.query<Awaiting>(
    `select a.activation_id, a.player_id, a.brand_id, a.player_external_id, a.campaign_id, a.campaign_version, a.takes
     from activations a
     join unnest($1::uuid[], $2::timestamptz[]) as deposit (player_id, at) on a.player_id = deposit.player_id
     where a.outcome = 'awaiting_deposit' and a.created_at <= deposit.at
       and deposit.at < a.awaiting_until and a.awaiting_until > now()
     order by a.player_id, a.activation_id for update of a`,
    [events.map(({ playerId }) => playerId), events.map(({ time }) => time)],
  );
  return rows;
}

async function settle(
  tx: Queryable,
  campaigns: CampaignCache,
  waiting: readonly Awaiting[],
  events: readonly DepositEvent[],
  now: number,
): Promise<Settlement[]> {
  const players = await loadPlayers(
    tx,
    events.map(({ playerId }) => playerId),
  );
  const pending = await loadPendingGrants(
    tx,
    waiting.map(({ activation_id }) => activation_id),
  );
  const settlements: Settlement[] = [];
  for (const event of events) {
    const player = players.get(event.playerId);
    if (!player || player.selfExcludedUntil || player.bonusBlocked) continue;
    for (const activation of waiting.filter(({ player_id }) => player_id === event.playerId)) {
      const { brand_id, campaign_id, campaign_version } = activation;
      const campaign = await campaigns.version(tx, brand_id, campaign_id, campaign_version);
      const grants = pending.get(activation.activation_id) ?? [];
      const settlement = settleOne(activation, event, player, campaign, grants, now);
      settlements.push(settlement);
      if (settlement.refusal === null) break;
    }
  }
  return settlements;
}

function settleOne(
  activation: Awaiting,
  event: DepositEvent,
  player: PlayerRecord,
  campaign: Campaign,
  pending: readonly PendingGrant[],
  now: number,
): Settlement {
  const terms = depositTerms(campaign.terms);
  if (!terms)
    throw new Error(`activation ${activation.activation_id} waits for a deposit its terms do not ask for`);
  const { amount, currency, method, index } = event.data;
  const offered = pending[0]?.currency ?? currency;
  const nth = index ?? player.depositCount;
  const verdict = depositBonus(terms, offered, { amount, currency, method, nth }, now);
  const settlement = { activation, event, grants: [], kinds: [], takes: activation.takes, moves: [] };
  if (!verdict.ok) return { ...settlement, refusal: verdict.key };

  const at = new Date(now).toISOString();
  const transactionId = newId();
  const kinds: string[] = [];
  const grants = pending.map((grant): Activated => {
    const reward = campaign.terms.rewards[grant.rewardIndex];
    if (!reward) throw new Error(`grant ${grant.grantId} names a reward its version does not have`);
    const isDeposit = reward.kind === 'deposit';
    kinds.push(reward.kind);
    return {
      ...(isDeposit
        ? {
            status: 'active' as const,
            amount: verdict.bonus,
            wageringRequired: verdict.wageringRequired,
            expiresAt: verdict.expiresAt,
          }
        : issue(reward, offered, now)),
      grantId: grant.grantId,
      playerId: activation.player_id,
      brandId: activation.brand_id,
      currency: offered,
      budgetSpent: Math.min(grant.budgetReserved, isDeposit ? verdict.bonus : grant.budgetReserved),
      transactionId,
      at,
    };
  });
  const spent = grants.reduce((sum, { budgetSpent }) => sum + budgetSpent, 0);
  const takes = activation.takes.map(
    ([key, home, taken]): StoredTake => [key, home, isBudgetKey(key) ? spent : taken],
  );
  const moves = activation.takes.map(
    ([key, home, taken], i): Move => ({ key, home, reserved: -taken, used: takes[i]?.[2] ?? 0 }),
  );
  return { ...settlement, refusal: null, grants, kinds, takes, moves };
}

/** A deposit that did not qualify leaves its reason on the activation, which goes on waiting. */
async function saveActivations(tx: Queryable, settlements: readonly Settlement[]): Promise<void> {
  if (settlements.length === 0) return;
  const column = <T>(of: (settlement: Settlement) => T): T[] => settlements.map(of);
  await tx.query(
    `update activations a set
       outcome = case when t.refusal is null then 'accepted' else a.outcome end,
       refusal_key = t.refusal, takes = t.takes, changed_at = now(),
       awaiting_until = case when t.refusal is null then null else a.awaiting_until end
     from unnest($1::uuid[], $2::uuid[], $3::text[], $4::json[]) as t (activation_id, player_id, refusal, takes)
     where a.activation_id = t.activation_id and a.player_id = t.player_id`,
    [
      column(({ activation }) => activation.activation_id),
      column(({ activation }) => activation.player_id),
      column(({ refusal }) => refusal),
      column(({ takes }) => JSON.stringify(takes)),
    ],
  );
}

const grantedEvents = ({ activation, event, grants, kinds }: Settlement): NewEvent[] =>
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
