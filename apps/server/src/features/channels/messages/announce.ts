import type { MessageChannel, MessageOrigin } from '@promosmith/contract';
import type { Queryable } from '../../../platform/db.ts';
import { newId } from '../../../platform/ids.ts';
import { type NewEvent, publish } from '../../../platform/outbox.ts';
import { isShownByWidget, type MessageOutcome, type OnOutcome } from './message.ts';

/** A message that moved, and to where. */
export interface Moved extends MessageOutcome {
  readonly playerExternalId: string;
  readonly channel: MessageChannel;
  readonly contentId: string;
  readonly contentVersion: number;
}

/** What is published of a message's move. */
export function eventOf(move: Moved): NewEvent {
  const { outcome, messageId, playerExternalId, channel, contentId, contentVersion, origin, reason } = move;
  return {
    type: outcome === 'impression' ? 'message.shown' : `message.${outcome}`,
    subject: `message/${messageId}`,
    data: {
      ...{ messageId, player: playerExternalId, channel, contentId, contentVersion },
      ...originData(origin),
      ...(reason === null ? {} : { reason }),
    },
  };
}

const originData = (origin: MessageOrigin): Record<string, unknown> =>
  origin.kind === 'journey'
    ? { journeyId: origin.journeyId, enrolmentId: origin.enrolmentId }
    : { resendOf: origin.messageId };

const ACTOR = { kind: 'system', id: 'channels' } as const;

/** Tells everybody of moves, in their transaction: who asked for the messages, the feed, the players' browsers. */
export async function announce(tx: Queryable, onOutcome: OnOutcome, moves: readonly Moved[]): Promise<void> {
  if (moves.length === 0) return;
  const byBrand = Map.groupBy(moves, ({ brandId }) => brandId);
  for (const [brandId, some] of byBrand) {
    const more = await onOutcome(tx, some);
    const [first] = some;
    if (!first) continue;
    const origin = { brandId, actor: ACTOR, correlationId: first.messageId, time: first.at.toISOString() };
    await publish(tx, origin, [...some.map(eventOf), ...more]);
  }
  await signal(
    tx,
    moves.filter(({ channel }) => isShownByWidget(channel)).map(({ playerId }) => playerId),
  );
}

/** Hints to the processes the players' browsers are connected to that there is something to look for. */
export async function signal(tx: Queryable, playerIds: readonly string[]): Promise<void> {
  if (playerIds.length === 0) return;
  await tx.query('insert into message_signals (signal_id, player_ids) values ($1, $2)', [
    newId(),
    [...new Set(playerIds)],
  ]);
}
