import { type Campaign, depositTerms } from '@promosmith/core/activation';
import type { Queryable } from '../../../platform/db.ts';
import { newId } from '../../../platform/ids.ts';
import type { NewEvent } from '../../../platform/outbox.ts';
import { type Activated, activateGrants, loadPendingGrants, promiseUntil } from '../../bonuses/index.ts';
import type { CommonOrigin } from '../../events/index.ts';
import type { Awaiting } from '../awaiting.ts';
import { grantedEvents, issueFor, useReserved } from '../deposits.ts';
import { moveCounters } from '../give-back.ts';
import type { CampaignCache } from '../kernel/campaign-cache.ts';
import { issuedWithoutDeposit, useOf } from '../settlement.ts';
import { eventOf, type Held } from './held.ts';
import { depositsMeanwhile } from './told-deposits.ts';

const SECOND = 1000;

/** What became of an activation that was let go. */
export interface Released {
  readonly outcome: 'accepted' | 'awaiting_deposit';
  readonly events: readonly NewEvent[];
}

/**
 * Issues what was promised, under the terms it was promised under, from now on: no time of it has passed while somebody
 * looked. An offer that needs a deposit is paid by the first that qualified meanwhile, or waits for one.
 */
export async function releaseHeld(
  tx: Queryable,
  campaigns: CampaignCache,
  held: Held,
  origin: CommonOrigin & { readonly brandId: string },
): Promise<Released> {
  const campaign = await campaigns.version(tx, origin.brandId, held.campaignId, held.campaignVersion);
  return depositTerms(campaign.terms)
    ? awaitDeposit(tx, campaigns, campaign, held, origin)
    : issueNow(tx, campaign, held, origin.brandId);
}

const keyOf = ({ playerId, activationId }: Held) => ({ player_id: playerId, activation_id: activationId });

async function issueNow(tx: Queryable, campaign: Campaign, held: Held, brandId: string): Promise<Released> {
  const { activationId, playerId, now, takes } = held;
  const pending = (await loadPendingGrants(tx, [keyOf(held)])).get(activationId) ?? [];
  await setOutcome(tx, held, 'accepted', null);
  const transactionId = newId();
  const issued = pending.map((grant) => issuedWithoutDeposit(campaign, grant, now.getTime()));
  const grants = pending.map(
    ({ grantId, currency }, n): Activated => ({
      ...(issued[n] as (typeof issued)[number]),
      ...{ grantId, currency, playerId, brandId, transactionId },
      depositId: null,
      effectiveAt: now.getTime(),
      at: now.toISOString(),
    }),
  );
  await activateGrants(tx, grants);
  const kinds = issued.map(({ kind }) => kind);
  await moveCounters(tx, useOf(takes, takes, grants, kinds));
  const events = grants.map(
    ({ grantId, amount, currency }, n): NewEvent => ({
      type: 'bonus.granted',
      subject: `grant/${grantId}`,
      data: {
        ...{ grantId, kind: kinds[n], amount, currency, activationId },
        ...{ player: held.player, campaignId: held.campaignId },
      },
    }),
  );
  return { outcome: 'accepted', events: [activated(held, 'accepted'), ...events] };
}

async function awaitDeposit(
  tx: Queryable,
  campaigns: CampaignCache,
  campaign: Campaign,
  held: Held,
  origin: CommonOrigin & { readonly brandId: string },
): Promise<Released> {
  const { now } = held;
  const seconds = depositTerms(campaign.terms)?.depositWithinSeconds ?? 0;
  const until = new Date(now.getTime() + seconds * SECOND);
  await setOutcome(tx, held, 'awaiting_deposit', until);
  await promiseUntil(tx, keyOf(held), until);
  for (const deposit of await depositsMeanwhile(tx, held)) {
    const paid = await issueFor(tx, campaigns, [awaiting(held, origin.brandId)], [deposit]);
    if (paid.length === 0) continue;
    await useReserved(tx, origin, paid);
    // As if it had never been held: taken to wait for a deposit, and paid by it.
    return {
      outcome: 'accepted',
      events: [activated(held, 'awaiting_deposit'), ...paid.flatMap(grantedEvents)],
    };
  }
  return { outcome: 'awaiting_deposit', events: [activated(held, 'awaiting_deposit')] };
}

/** Bets count from now on: those of before were settled without the bonus. */
const awaiting = (held: Held, brandId: string): Awaiting => ({
  activation_id: held.activationId,
  player_id: held.playerId,
  brand_id: brandId,
  player_external_id: held.player,
  campaign_id: held.campaignId,
  campaign_version: held.campaignVersion,
  takes: held.takes,
  created_at: held.now,
  came_with: false,
  now: held.now,
});

const setOutcome = (
  tx: Queryable,
  { playerId, activationId, now }: Held,
  outcome: Released['outcome'],
  awaitingUntil: Date | null,
) =>
  tx.query(
    `update activations set outcome = $3, awaiting_until = $4, changed_at = $5
     where player_id = $1 and activation_id = $2 and outcome = 'in_review'`,
    [playerId, activationId, outcome, awaitingUntil, now],
  );

const activated = (held: Held, outcome: Released['outcome']): NewEvent =>
  eventOf('code.activated', held, { outcome });
