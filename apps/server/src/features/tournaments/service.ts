import type { Actor, createTournament, RouteInput, Tournament } from '@promosmith/contract';
import { ok, type Result, refuse } from '@promosmith/core';
import { move, tournamentLifecycle } from '@promosmith/core/lifecycle';
import { audit } from '../../platform/audit.ts';
import type { Database } from '../../platform/db.ts';
import { newId } from '../../platform/ids.ts';
import { hasPassed, refusePassed } from '../../platform/passed.ts';
import { closeEnded, findEnded, insertTournament, lockTournament, setStatus } from './store.ts';
import { tournamentNotFound } from './views.ts';

/** Who asks for a change, in which brand. */
export interface Origin {
  readonly brandId: string;
  readonly actor: Actor;
  readonly requestId: string;
}

export interface TournamentService {
  create(by: Origin, body: RouteInput<typeof createTournament>['body']): Promise<Result<Tournament>>;
  close(by: Origin, tournamentId: string): Promise<Result<Tournament>>;
  /** Tickets that were used for it are given back afterwards, in the background. */
  cancel(by: Origin, tournamentId: string, reason: string): Promise<Result<Tournament>>;
}

export function createTournamentService(db: Database): TournamentService {
  const moveTo = (
    { brandId, actor, requestId }: Origin,
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
    async create({ brandId, actor, requestId }, { startsAt, endsAt, ...body }) {
      if (startsAt !== null && Date.parse(startsAt) >= Date.parse(endsAt)) return endsBeforeStart;
      return db.transaction(async (tx): Promise<Result<Tournament>> => {
        if (await hasPassed(tx, endsAt)) return refusePassed('endsAt');
        await closeEnded(tx, await findEnded(tx, { of: { brandId, key: body.key } }));
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
    close: (by, tournamentId) => moveTo(by, tournamentId, 'closed'),
    cancel: (by, tournamentId, reason) => moveTo(by, tournamentId, 'cancelled', reason),
  };
}

const endsBeforeStart = refuse('invalid_request', 'endsAt: is not after startsAt', [
  { field: 'endsAt', reason: 'is not after startsAt' },
]);
