import type { Result as Outcome } from '@promosmith/core';
import type { Database, Queryable } from '../../../../platform/db.ts';
import type { NewEvent } from '../../../../platform/outbox.ts';
import { lockPlayers } from '../../../players/index.ts';
import type { Worker } from '../dispatcher.ts';
import type { Claim, EffectKind, Move } from '../effect.ts';
import { begin, finish } from '../settle.ts';

/** What was done for a player, told to the enrolment and the feed. */
export interface Done {
  readonly data: Readonly<Record<string, unknown>>;
  readonly events: readonly NewEvent[];
}

/**
 * Does each effect in a transaction of its own, together with its end and the step it leads to: once, whatever happens
 * in between. A refusal leaves nothing behind but the way out by `failure`.
 */
export const oneByOne = <Kind extends EffectKind>(
  db: Database,
  move: Move,
  act: (tx: Queryable, claim: Claim<Kind>, now: Date) => Promise<Outcome<Done>>,
): Pick<Worker<Kind>, 'work'> => ({
  async work(claims) {
    for (const one of claims)
      await db.transaction(async (tx) => {
        // What a player may have depends on what they have: one effect of a player is done after another.
        await lockPlayers(tx, [one.playerId]);
        const { wanted, now } = await begin(tx, [one]);
        const [claim] = wanted;
        if (!claim) return;
        await tx.query('savepoint before_effect');
        const done = await act(tx, claim, now);
        if (!done.ok) await tx.query('rollback to savepoint before_effect');
        const result = done.ok
          ? { claim, outcome: 'success' as const, data: done.value.data }
          : { claim, outcome: 'failure' as const, reason: done.refusal.key };
        const events = done.ok ? done.value.events : [];
        await finish(tx, move, { claims: wanted, results: [result], events, now });
      });
  },
});
