import type { createTournament, RouteInput, Tournament } from '@promosmith/contract';
import { ok, type Result, refuse } from '@promosmith/core';
import { move, tournamentLifecycle } from '@promosmith/core/lifecycle';
import { audit } from '../../platform/audit.ts';
import type { Database } from '../../platform/db.ts';
import type { RequestContext } from '../../platform/http/context.ts';
import { newId } from '../../platform/ids.ts';
import { closeEnded, insertTournament, lockTournament, setStatus } from './store.ts';
import { tournamentNotFound } from './views.ts';

export interface TournamentService {
  create(
    context: RequestContext,
    body: RouteInput<typeof createTournament>['body'],
  ): Promise<Result<Tournament>>;
  close(context: RequestContext, tournamentId: string): Promise<Result<Tournament>>;
  /** Tickets that were used for it are given back afterwards, in the background. */
  cancel(context: RequestContext, tournamentId: string, reason: string): Promise<Result<Tournament>>;
}

export function createTournamentService(db: Database): TournamentService {
  const moveTo = (
    { caller: { brandId, actor }, requestId }: RequestContext,
    tournamentId: string,
    to: 'closed' | 'cancelled',
    reason?: string,
  ): Promise<Result<Tournament>> =>
    db.transaction(async (tx): Promise<Result<Tournament>> => {
      const before = await lockTournament(tx, brandId, tournamentId);
      if (!before) return tournamentNotFound;
      const moved = move(tournamentLifecycle, before.status, to);
      if (!moved.ok) return moved;
      const after = await setStatus(tx, tournamentId, moved.value, reason ?? null);
      await audit(tx, {
        brandId,
        actor,
        requestId,
        action: `tournament.${to}`,
        targetKind: 'tournament',
        targetId: tournamentId,
        before: { status: before.status },
        after: { status: after.status },
        ...(reason === undefined ? {} : { reason }),
      });
      return ok(after);
    });

  return {
    async create({ caller: { brandId, actor }, requestId }, { startsAt, endsAt, ...body }) {
      if (startsAt !== null && Date.parse(startsAt) >= Date.parse(endsAt)) return endsBeforeStart;
      return db.transaction(async (tx): Promise<Result<Tournament>> => {
        await closeEnded(tx, { brandId, key: body.key });
        const tournamentId = newId();
        const created = await insertTournament(tx, {
          ...body,
          tournamentId,
          brandId,
          startsAt,
          endsAt,
          createdBy: actor,
        });
        if (!created) return refuse('conflict', `A tournament "${body.key}" is open already.`);
        await audit(tx, {
          brandId,
          actor,
          requestId,
          action: 'tournament.created',
          targetKind: 'tournament',
          targetId: tournamentId,
          after: created,
        });
        return ok(created);
      });
    },
    close: (context, tournamentId) => moveTo(context, tournamentId, 'closed'),
    cancel: (context, tournamentId, reason) => moveTo(context, tournamentId, 'cancelled', reason),
  };
}

const endsBeforeStart = refuse('invalid_request', 'endsAt: is not after startsAt', [
  { field: 'endsAt', reason: 'is not after startsAt' },
]);
