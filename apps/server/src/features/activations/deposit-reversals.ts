import type { Queryable } from '../../platform/db.ts';
import type { NewEvent } from '../../platform/outbox.ts';
import { cancelGrants, type HeldBudget } from '../bonuses/index.ts';
import type { EventConsumer, IncomingEvent } from '../events/index.ts';
import { changeByEvents, publishedBy } from '../funds/index.ts';
import { budgetReturns, takeBudgets } from './budget-returns.ts';
import { depositChange } from './deposits.ts';
import { moveCounters } from './give-back.ts';
import { takeBackBorn } from './take-back-born.ts';
import { holdBonuses, releaseBudgets } from './take-back-money.ts';

const REASON = 'The deposit was reversed.';

type Reversed = IncomingEvent<'deposit.reversed'>;

/** A bonus that a deposit earned. */
interface Earned {
  readonly playerId: string;
  readonly grantId: string;
  readonly activationId: string | null;
  readonly campaignId: string;
  readonly currency: string;
  readonly depositId: string;
  readonly isOpen: boolean;
}

/**
 * Takes back what a deposit earned that never was: bonuses under way end, as do those that came out of any it earned, and
 * what is left of them goes back to where it came from, budgets included. What became real money by then is a case for a
 * person.
 */
export const depositReversals: EventConsumer<'deposit.reversed'> = {
  types: ['deposit.reversed'],
  async apply(tx, events, _, reject) {
    const earned = await findEarned(tx, events);
    await budgetReturns.hold(tx, earned);
    const made = await changeByEvents(tx, events, reject, depositChange);
    const published = made.flatMap(publishedBy);
    const held: HeldBudget[] = [];
    for (const [index, event] of events.entries()) {
      if (made[index]?.replayed !== false) continue;
      const own = earned.filter(
        ({ playerId, depositId }) => playerId === event.playerId && depositId === event.data.depositId,
      );
      const ended = await endEarned(tx, event, own);
      held.push(...ended.held);
      published.push(...ended.events);
    }
    await moveCounters(tx, await takeBudgets(tx, held));
    return published;
  },
};

async function findEarned(tx: Queryable, events: readonly Reversed[]): Promise<Earned[]> {
  const { rows } = await tx.query<Earned>(
    `select g.player_id as "playerId", g.grant_id as "grantId", g.activation_id as "activationId",
       g.campaign_id as "campaignId", g.currency, g.deposit_id as "depositId",
       g.status in ('pending', 'delivery_failed', 'active') as "isOpen"
     from unnest($1::uuid[], $2::text[]) as t (player, deposit)
     join grants g on g.player_id = t.player and g.player_id = any($1::uuid[]) and g.deposit_id = t.deposit`,
    [events.map(({ playerId }) => playerId), events.map(({ data }) => data.depositId)],
  );
  return rows;
}

/** Money of the wallet that the deposit earned itself has ended there; the rest ends here. */
async function endEarned(
  tx: Queryable,
  { playerId, brandId, player }: Reversed,
  earned: readonly Earned[],
): Promise<{ held: HeldBudget[]; events: NewEvent[] }> {
  const ids = earned.map(({ grantId }) => grantId);
  await holdBonuses(tx, playerId, ids);
  const taken = { playerId, playerExternalId: player, brandId, reason: REASON };
  const { born, events } = await takeBackBorn(tx, taken, ids);
  const open = earned.filter(({ isOpen }) => isOpen);
  const released = await releaseBudgets(tx, playerId, await cancelledOf(tx, playerId, open));
  const activations = new Set(open.flatMap(({ activationId }) => activationId ?? []));
  const others = [];
  for (const activationId of activations)
    others.push(...(await cancelGrants(tx, { playerId, activationId, reason: REASON })));
  const held = [...released, ...others].flatMap(({ grantId, kind, budget }): HeldBudget[] => {
    const of = open.find((one) => one.grantId === grantId);
    return of ? [{ ...of, kind, budget }] : [];
  });
  const reversed = [...born, ...others].map(
    ({ grantId, kind, amount, currency }): NewEvent => ({
      type: 'bonus.reversed',
      subject: `grant/${grantId}`,
      data: { grantId, kind, player, amount, currency, reason: REASON },
    }),
  );
  return { held: [...born, ...held], events: [...events, ...reversed] };
}

async function cancelledOf(tx: Queryable, playerId: string, earned: readonly Earned[]): Promise<string[]> {
  const { rows } = await tx.query<{ grant_id: string }>(
    `select grant_id from grants where player_id = $1 and grant_id = any($2::uuid[]) and status = 'cancelled'`,
    [playerId, earned.map(({ grantId }) => grantId)],
  );
  return rows.map(({ grant_id }) => grant_id);
}
