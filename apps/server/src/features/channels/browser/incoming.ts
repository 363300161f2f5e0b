import type { RouteInput, sendMyActions } from '@promosmith/contract';
import type { Database } from '../../../platform/db.ts';
import type { Origin } from '../../../platform/outbox.ts';
import type { Events } from '../../events/index.ts';
import { findReservedActions } from '../../properties/index.ts';

type Action = RouteInput<typeof sendMyActions>['body']['actions'][number];

export interface ActionResult {
  id: string;
  status: 'accepted' | 'duplicate' | 'rejected';
  key?: string;
}

/** Keeps browsers' ids apart from those of the platform's own events: a player must not use up the id of a deposit. */
const PREFIX = 'browser:';

/** Takes client actions of a player's browser in as events of the platform, each once. They happen when they arrive. */
export async function takeActions(
  db: Database,
  events: Events,
  origin: Origin,
  player: string,
  actions: readonly Action[],
): Promise<ActionResult[]> {
  const { brandId, time } = origin;
  const reserved = await findReservedActions(
    db,
    brandId,
    actions.map(({ action }) => action),
  );
  const open = actions.filter(({ action }) => !reserved.has(action));
  const received = await events.receive(
    origin,
    open.map(({ id, action, properties }) => ({
      ...{ id: `${PREFIX}${id}`, type: 'client.action', time, player },
      data: { action, ...(properties ? { properties } : {}) },
    })),
  );
  const results = new Map(open.map((action, n) => [action, received[n]]));
  return actions.map((action) => {
    const { id } = action;
    if (reserved.has(action.action)) return { id, status: 'rejected', key: 'reserved_action' };
    const result = results.get(action);
    if (result?.status !== 'rejected') return { id, status: result?.status ?? 'accepted' };
    // Sent again it has a later time: that is all that differs.
    if (result.reason.key === 'conflict') return { id, status: 'duplicate' };
    return { id, status: 'rejected', key: result.reason.key };
  });
}
