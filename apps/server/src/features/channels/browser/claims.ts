import type { Claim } from '@promosmith/contract';
import { ok, type Result, refuse } from '@promosmith/core';
import type { z } from 'zod';
import type { Database, Queryable } from '../../../platform/db.ts';
import { type NewEvent, type Origin, publish } from '../../../platform/outbox.ts';
import { lockPlayers } from '../../players/index.ts';
import { actionKey, type Properties } from '../../properties/index.ts';
import { eventOf, type Moved, signal } from '../messages/announce.ts';
import type { OnOutcome } from '../messages/message.ts';
import { type MessageKey, moveToEnd, moveToShown } from '../messages/moves.ts';

/** Something a player's browser did, or what the server says happened there. */
export interface RaisedAction {
  readonly brandId: string;
  readonly playerId: string;
  readonly playerExternalId: string;
  readonly action: string;
  /** The action's data: `code` and the values of the message's label tags. */
  readonly data: Readonly<Record<string, unknown>>;
  readonly messageId: string;
  readonly at: Date;
}

/** Told of an action that the server raises itself, in the transaction of its cause. @returns what to publish. */
export type OnAction = (tx: Queryable, actions: readonly RaisedAction[]) => Promise<readonly NewEvent[]>;

export type ClaimedOutcome = 'impression' | 'clicked' | 'dismissed';

export interface Claims {
  claim(
    key: MessageKey,
    outcome: ClaimedOutcome,
    origin: Omit<Origin, 'time'>,
  ): Promise<Result<z.output<typeof Claim>>>;
}

/** Outcomes that browsers claim: each is given once, whoever asks first. Who clicks or closes has seen it. */
export function createClaims(
  db: Database,
  properties: Properties,
  onOutcome: OnOutcome,
  onAction: OnAction,
): Claims {
  async function tell(tx: Queryable, move: Moved, events: NewEvent[]): Promise<void> {
    events.push(eventOf(move), ...(await onOutcome(tx, [move])));
  }

  /** @returns whether this is who showed it. */
  async function show(
    tx: Queryable,
    key: MessageKey,
    events: NewEvent[],
    raised: RaisedAction[],
  ): Promise<boolean> {
    const shown = await moveToShown(tx, key);
    if (!shown) return false;
    const { rendered, labels, ...moved } = shown;
    await tell(tx, { ...moved, outcome: 'impression' }, events);
    const { whenShown } = rendered;
    if (whenShown) {
      const { brandId, playerId, playerExternalId, messageId, at } = moved;
      const data = { ...labels, ...whenShown.data };
      const { action } = whenShown;
      raised.push({ brandId, playerId, playerExternalId, messageId, at, action, data });
      events.push(...(await onAction(tx, raised)));
    }
    return true;
  }

  async function end(
    tx: Queryable,
    key: MessageKey,
    outcome: 'clicked' | 'dismissed',
    events: NewEvent[],
  ): Promise<boolean> {
    const ended = await moveToEnd(tx, key, outcome);
    if (ended) await tell(tx, { ...ended, outcome }, events);
    return ended !== undefined;
  }

  return {
    async claim(key, outcome, origin) {
      let raised: RaisedAction[] = [];
      const claim = await db.transaction(async (tx): Promise<Result<z.output<typeof Claim>>> => {
        const events: NewEvent[] = [];
        raised = [];
        // Those who are told lock more of the player's, of the outcome first and then of the action.
        await lockPlayers(tx, [key.playerId]);
        const shown = await show(tx, key, events, raised);
        const claimed = outcome === 'impression' ? shown : await end(tx, key, outcome, events);
        if (events.length > 0) {
          await publish(tx, { ...origin, time: new Date().toISOString() }, events);
          await signal(tx, [key.playerId]);
        }
        const state = await findState(tx, key);
        return state === undefined
          ? refuse('not_found', 'There is no such message.')
          : ok({ claimed, state });
      });
      if (raised.length > 0)
        await properties.seen(
          origin.brandId,
          raised.map(({ action, data }) => ({ key: actionKey(action), data, secret: true })),
        );
      return claim;
    },
  };
}

async function findState(tx: Queryable, { playerId, messageId }: MessageKey): Promise<string | undefined> {
  const { rows } = await tx.query<{ state: string }>(
    'select state from messages where player_id = $1 and message_id = $2',
    [playerId, messageId],
  );
  return rows[0]?.state;
}
