import type { Reversal } from '@promosmith/contract';
import { ok, type Result, refuse } from '@promosmith/core';
import { COST_SHOWS_LATER } from '@promosmith/core/activation';
import { audit } from '../../platform/audit.ts';
import type { Database, Queryable } from '../../platform/db.ts';
import type { Caller } from '../../platform/http/context.ts';
import { type NewEvent, publish } from '../../platform/outbox.ts';
import { type CancelledGrant, cancelGrants } from '../bonuses/index.ts';
import { giveBack, moveCounters, partTakes, type StoredTake } from './give-back.ts';
import { takeBackBorn } from './take-back-born.ts';
import { endMoney, holdBonuses, issuedBy, releaseBudgets } from './take-back-money.ts';

interface Locked {
  activation_id: string;
  player_id: string;
  player_external_id: string;
  outcome: string;
  takes: StoredTake[];
  code_shown: string;
  code_key: string | null;
  campaign_id: string | null;
  changed_at: Date;
  now: Date;
}

/** Who asks, for the audit log: a person, or a job for one. */
export interface By {
  readonly caller: Pick<Caller, 'brandId' | 'actor'>;
  readonly requestId: string;
}

export interface Reversals {
  /**
   * Takes an activation back: its uses, its budget, its open bonuses and those that came out of them. One that still waits for its deposit lapses
   * instead. Idempotent, without a time window; the row lock makes two reversals at once one effect.
   */
  reverse(activationId: string, reason: string, by: By): Promise<Result<Reversal>>;
}

const NOTHING_TO_REVERSE = refuse(
  'nothing_to_reverse',
  'This activation was refused: it took nothing that could be given back.',
);

const STILL_IN_REVIEW = refuse(
  'nothing_to_reverse',
  'This activation is still in review: decide its case, and what it holds is given back or issued.',
);

export function createReversals(db: Database): Reversals {
  return {
    reverse: (activationId, reason, by) =>
      db.transaction(async (tx) => {
        const activation = await lock(tx, by.caller.brandId, activationId);
        if (!activation) return refuse('not_found', `There is no activation ${activationId}.`);
        switch (activation.outcome) {
          case 'accepted':
            return ok(await takeBack(tx, activation, 'reversed', reason, by));
          case 'awaiting_deposit':
            return ok(await takeBack(tx, activation, 'lapsed', reason, by));
          case 'reversed':
          case 'lapsed':
            return ok(await takenBackBefore(tx, activation, activation.outcome));
          case 'in_review':
            return STILL_IN_REVIEW;
          default:
            return NOTHING_TO_REVERSE;
        }
      }),
  };
}

async function lock(tx: Queryable, brandId: string, activationId: string): Promise<Locked | undefined> {
  const { rows } = await tx.query<Locked>(
    `select activation_id, player_id, player_external_id, outcome, takes, code_shown, code_key, campaign_id, changed_at,
       clock_timestamp() as now
     from activations where activation_id = $1 and brand_id = $2 for update`,
    [activationId, brandId],
  );
  return rows[0];
}

async function takeBack(
  tx: Queryable,
  activation: Locked,
  to: 'reversed' | 'lapsed',
  reason: string,
  { caller, requestId }: By,
): Promise<Reversal> {
  const { activation_id: activationId, player_id: playerId, outcome } = activation;
  const at = activation.now.toISOString();
  const taken = {
    ...{ playerId, playerExternalId: activation.player_external_id },
    ...{ brandId: caller.brandId, reason },
  };
  const issued = await issuedBy(tx, playerId, activationId);
  await holdBonuses(tx, playerId, issued);
  const inWallet = await endMoney(tx, taken, issued);
  const money = await releaseBudgets(tx, playerId, inWallet.ended);
  const { born, events } = await takeBackBorn(tx, taken, issued);
  const others = await cancelGrants(tx, { playerId, activationId, reason });
  const cancelled = [...money, ...born, ...others].sort((a, b) => (a.grantId < b.grantId ? -1 : 1));
  const budget = budgetOf(cancelled);
  const open = budgetOf(cancelled.filter(({ kind }) => COST_SHOWS_LATER.has(kind)));
  const { returned, kept } = partTakes(activation.takes, budget);
  await tx.query(
    `update activations set outcome = $3, takes = $4, changed_at = $5, awaiting_until = null
     where activation_id = $1 and player_id = $2`,
    [activationId, playerId, to, JSON.stringify(kept), at],
  );
  await audit(tx, {
    brandId: caller.brandId,
    actor: caller.actor,
    action: `activation.${to}`,
    targetKind: 'activation',
    targetId: activationId,
    before: { outcome },
    after: { outcome: to, cancelledGrants: cancelled.map(({ grantId }) => grantId) },
    reason,
    requestId,
  });
  await publish(tx, { brandId: caller.brandId, actor: caller.actor, correlationId: requestId, time: at }, [
    ...inWallet.events,
    ...events,
    ...eventsOf(activation, to, reason, cancelled),
  ]);
  await moveCounters(tx, giveBack(returned, to === 'reversed' ? 'used' : 'reserved', open));
  return {
    id: activationId,
    outcome: to,
    reversedAt: at,
    cancelledGrants: cancelled.map(({ grantId }) => grantId),
  };
}

const budgetOf = (grants: readonly CancelledGrant[]): number =>
  grants.reduce((sum, { budget }) => sum + budget, 0);

/** A bonus that still waited was never granted, so its end is no event of its own. */
function eventsOf(
  activation: Locked,
  to: 'reversed' | 'lapsed',
  reason: string,
  cancelled: readonly CancelledGrant[],
): NewEvent[] {
  const about = {
    activationId: activation.activation_id,
    player: activation.player_external_id,
    campaignId: activation.campaign_id,
  };
  const ended: NewEvent = {
    type: `activation.${to}`,
    subject: `activation/${activation.activation_id}`,
    data: { ...about, code: activation.code_shown, codeId: activation.code_key, reason },
  };
  if (to === 'lapsed') return [ended];
  return [
    ended,
    ...cancelled.map(
      ({ grantId, kind, amount, currency }): NewEvent => ({
        type: 'bonus.reversed',
        subject: `grant/${grantId}`,
        data: { ...about, grantId, kind, amount, currency, reason },
      }),
    ),
  ];
}

async function takenBackBefore(
  tx: Queryable,
  activation: Locked,
  outcome: 'reversed' | 'lapsed',
): Promise<Reversal> {
  const { rows } = await tx.query<{ grant_id: string }>(
    `select g.grant_id from grants g left join grants p on p.player_id = g.player_id and p.grant_id = g.parent_grant_id
     where g.player_id = $1 and $2 in (g.activation_id, p.activation_id) and g.status = 'cancelled' order by g.grant_id`,
    [activation.player_id, activation.activation_id],
  );
  return {
    id: activation.activation_id,
    outcome,
    reversedAt: activation.changed_at.toISOString(),
    cancelledGrants: rows.map(({ grant_id }) => grant_id),
  };
}
