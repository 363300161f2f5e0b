import type { Actor, createTournament, RouteInput, Tournament, updateTournament } from '@promosmith/contract';
import { ok, type Result, refuse } from '@promosmith/core';
import { move, tournamentLifecycle } from '@promosmith/core/lifecycle';
import { audit } from '../../platform/audit.ts';
import type { Database, Queryable } from '../../platform/db.ts';
import { newId } from '../../platform/ids.ts';
import { hasPassed, refusePassed } from '../../platform/passed.ts';
import {
  closeEnded,
  findEnded,
  insertTournament,
  lockTournament,
  type Settings,
  setSettings,
  setStatus,
} from './store.ts';
import { tournamentNotFound } from './views.ts';

/** Who asks for a change, in which brand. */
export interface Origin {
  readonly brandId: string;
  readonly actor: Actor;
  readonly requestId: string;
}

export interface TournamentService {
  create(by: Origin, body: RouteInput<typeof createTournament>['body']): Promise<Result<Tournament>>;
  /** While it is open. */
  update(
    by: Origin,
    tournamentId: string,
    changes: RouteInput<typeof updateTournament>['body'],
  ): Promise<Result<Tournament>>;
  close(by: Origin, tournamentId: string): Promise<Result<Tournament>>;
  /** Tickets that were used for it are given back afterwards, in the background. */
  cancel(by: Origin, tournamentId: string, reason: string): Promise<Result<Tournament>>;
}

export function createTournamentService(db: Database): TournamentService {
  /** Changes a tournament that nobody else changes meanwhile. @param of it, what the audit log keeps. */
  const changing = (
    { brandId, actor, requestId }: Origin,
    tournamentId: string,
    { of, ...entry }: { action: string; reason?: string; of: (tournament: Tournament) => object },
    change: (tx: Queryable, before: Tournament) => Promise<Result<Tournament>>,
  ): Promise<Result<Tournament>> =>
    db.transaction(async (tx): Promise<Result<Tournament>> => {
      const before = await lockTournament(tx, brandId, tournamentId);
      if (!before) return tournamentNotFound;
      const after = await change(tx, before);
      if (!after.ok) return after;
      await audit(tx, {
        ...{ brandId, actor, requestId, ...entry },
        targetKind: 'tournament',
        targetId: tournamentId,
        before: of(before),
        after: of(after.value),
      });
      return after;
    });

  const moveTo = (by: Origin, tournamentId: string, to: 'closed' | 'cancelled', reason?: string) =>
    changing(
      by,
      tournamentId,
      { action: `tournament.${to}`, of: statusOf, ...(reason === undefined ? {} : { reason }) },
      async (tx, { status }) => {
        const moved = move(tournamentLifecycle, status, to);
        return moved.ok ? ok(await setStatus(tx, tournamentId, moved.value, reason ?? null)) : moved;
      },
    );

  return {
    async create({ brandId, actor, requestId }, { startsAt, endsAt, ...body }) {
      if (endsBeforeItStarts({ startsAt, endsAt })) return endsBeforeStart;
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
    update: (by, tournamentId, { name, startsAt, endsAt, seats }) =>
      changing(
        by,
        tournamentId,
        { action: 'tournament.updated', of: settingsOf },
        async (tx, before): Promise<Result<Tournament>> => {
          if (before.status !== 'open' || (await hasPassed(tx, before.endsAt))) return notOpen;
          const after: Settings = {
            name: name ?? before.name,
            startsAt: startsAt === undefined ? before.startsAt : startsAt,
            endsAt: endsAt ?? before.endsAt,
            seats: seats === undefined ? before.seats : seats,
          };
          if (endsBeforeItStarts(after)) return endsBeforeStart;
          if (await hasPassed(tx, after.endsAt)) return refusePassed('endsAt');
          if (after.seats !== null && after.seats < before.seatsTaken) return fewerThan(before.seatsTaken);
          return ok(await setSettings(tx, tournamentId, after));
        },
      ),
    close: (by, tournamentId) => moveTo(by, tournamentId, 'closed'),
    cancel: (by, tournamentId, reason) => moveTo(by, tournamentId, 'cancelled', reason),
  };
}

const statusOf = ({ status }: Tournament) => ({ status });
const settingsOf = ({ name, startsAt, endsAt, seats }: Tournament): Settings => ({
  name,
  startsAt,
  endsAt,
  seats,
});

const endsBeforeItStarts = ({ startsAt, endsAt }: Pick<Settings, 'startsAt' | 'endsAt'>): boolean =>
  startsAt !== null && Date.parse(startsAt) >= Date.parse(endsAt);

const notOpen = refuse('tournament_not_open', 'Only a tournament that is open can be changed.');

const fewerThan = (taken: number) =>
  refuse('invalid_request', `seats: are fewer than the ${taken} that are taken`, [
    { field: 'seats', reason: `are fewer than the ${taken} that are taken` },
  ]);

const endsBeforeStart = refuse('invalid_request', 'endsAt: is not after startsAt', [
  { field: 'endsAt', reason: 'is not after startsAt' },
]);
