import type { JourneyEvent } from '@promosmith/core/journey';
import type { Queryable } from '../../../platform/db.ts';
import type { NewEvent } from '../../../platform/outbox.ts';
import type { MessageOutcome, RaisedAction } from '../../channels/index.ts';
import type { EventConsumer, IncomingEvent } from '../../events/index.ts';
import { findReservedActions } from '../../properties/index.ts';
import { happened } from './happened.ts';
import { type Moving, move } from './move.ts';
import { presentOf } from './store/journeys.ts';
import { findInside } from './store/stored.ts';
import type { Delivery } from './types.ts';

/** What moves enrolments from outside, each in the transaction of its cause. */
export interface Intake {
  /** What the platform tells of players, and what browsers do. To be registered after who keeps players. */
  readonly events: EventConsumer;
  /** What the server itself says a browser has shown. */
  onAction(tx: Queryable, actions: readonly RaisedAction[]): Promise<NewEvent[]>;
  /** What became of messages. */
  onOutcome(tx: Queryable, outcomes: readonly MessageOutcome[]): Promise<NewEvent[]>;
  /** Takes players out who are excluded. */
  onExclusion(tx: Queryable, playerIds: readonly string[]): Promise<NewEvent[]>;
}

export function createIntake(moving: Moving): Intake {
  return {
    events: {
      types: 'all',
      async apply(tx, events, { brandId }) {
        const reserved = await reservedOf(tx, brandId, events);
        const heard = events.filter((event) => !reserved.has(actionOf(event)));
        return happened(
          moving,
          tx,
          brandId,
          heard.map((event) => ({
            playerId: event.playerId,
            playerExternalId: event.player,
            event: journeyEventOf(event),
          })),
        );
      },
    },

    async onAction(tx, actions) {
      const events: NewEvent[] = [];
      for (const [brandId, some] of Map.groupBy(actions, (action) => action.brandId))
        events.push(...(await happened(moving, tx, brandId, some.map(raised))));
      return events;
    },

    async onOutcome(tx, outcomes) {
      const { events } = await move(moving, tx, outcomes.flatMap(deliveryOf));
      return events;
    },

    async onExclusion(tx, playerIds) {
      const inside = await findInside(tx, playerIds);
      const at = await presentOf(tx);
      const { events } = await move(
        moving,
        tx,
        inside.map((key) => ({ ...key, input: { kind: 'exit', reason: 'player_excluded', at } })),
      );
      return events;
    },
  };
}

const NO_ACTION = '';
const actionOf = (event: IncomingEvent): string =>
  event.type === 'client.action' ? event.data.action : NO_ACTION;

/** Actions that content raises when it is shown say what the server has shown: nobody else is believed to raise them. */
async function reservedOf(
  tx: Queryable,
  brandId: string,
  events: readonly IncomingEvent[],
): Promise<ReadonlySet<string>> {
  const actions = events.map(actionOf).filter((action) => action !== NO_ACTION);
  return actions.length === 0 ? new Set() : findReservedActions(tx, brandId, actions);
}

function journeyEventOf(event: IncomingEvent): JourneyEvent {
  const { id, type } = event;
  const at = Date.parse(event.time);
  return type === 'client.action'
    ? { id, at, source: 'client_action', name: event.data.action, data: event.data.properties ?? {} }
    : { id, at, source: 'event', name: type, data: event.data };
}

const raised = ({ playerId, playerExternalId, messageId, action, data, at }: RaisedAction) => ({
  ...{ playerId, playerExternalId },
  event: {
    ...{ id: `message:${messageId}`, name: action, at: at.getTime(), data },
    source: 'client_action' as const,
  },
});

/** That a message was handed over is no outcome. */
function deliveryOf({ playerId, origin, outcome, reason, at }: MessageOutcome): Delivery[] {
  if (origin.kind !== 'journey' || outcome === 'sent') return [];
  const { enrolmentId, seq } = origin;
  return [
    {
      ...{ playerId, enrolmentId },
      input: { kind: 'outcome', seq, outcome, at: at.getTime(), reason: reason ?? undefined },
    },
  ];
}
