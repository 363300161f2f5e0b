import { randomBytes } from 'node:crypto';
import type { Actor, createDraw, Draw, RouteInput } from '@promosmith/contract';
import { ok, type Result, refuse } from '@promosmith/core';
import { commitmentOf } from '@promosmith/core/draw';
import { audit } from '../../../platform/audit.ts';
import { doDue, doEachDue } from '../../../platform/do-due.ts';
import { newId } from '../../../platform/ids.ts';
import { hasPassed, refusePassed } from '../../../platform/passed.ts';
import type { Platform } from '../../../platform/platform.ts';
import { completeEntries, findOpenEntries, type OpenEntry } from './entries.ts';
import { close, hold } from './hold.ts';
import { drawNotFound } from './refusals.ts';
import {
  type DrawKey,
  findClosed,
  findDraw,
  findOverdue,
  insertDraw,
  lockDraw,
  markCompleted,
  viewOf,
} from './store.ts';

const SEED_BYTES = 32;

/** Who asks for a change, in which brand. */
export interface Origin {
  readonly brandId: string;
  readonly actor: Actor;
  readonly requestId: string;
}

export interface DrawService {
  /** Commits to a new seed before there is any entry. */
  create(by: Origin, body: RouteInput<typeof createDraw>['body']): Promise<Result<Draw>>;
  /** Freezes the entries and holds the draw. */
  close(by: Origin, drawId: string): Promise<Result<Draw>>;
  /** In the background: closes draws whose time has come, holds those that are closed, completes their entries. */
  run(): Promise<boolean>;
}

export function createDrawService({
  db,
  log,
  secrets,
  setAside,
}: Pick<Platform, 'db' | 'log' | 'secrets' | 'setAside'>): DrawService {
  const asides = {
    closing: setAside('close draws'),
    holding: setAside('hold draws'),
    completing: setAside('complete draw entries'),
  };

  const closeOne = ({ drawId }: DrawKey) =>
    db.transaction(async (tx) => {
      const draw = await lockDraw(tx, drawId);
      return draw ? close(tx, draw) : drawNotFound;
    });

  return {
    async create({ brandId, actor, requestId }, body) {
      for (const overdue of await findOverdue(db, { of: { brandId, key: body.key } }))
        await closeOne(overdue);
      const seed = randomBytes(SEED_BYTES).toString('hex');
      const commitment = await commitmentOf(seed);
      return db.transaction(async (tx): Promise<Result<Draw>> => {
        if (await hasPassed(tx, body.closesAt)) return refusePassed('closesAt');
        const id = newId();
        const created = await insertDraw(tx, {
          ...body,
          id,
          brandId,
          commitment,
          sealedSeed: secrets.encrypt(seed),
          createdBy: actor,
        });
        if (!created) return refuse('conflict', `A draw "${body.key}" is open already.`);
        const view = viewOf(created);
        await audit(tx, {
          brandId,
          actor,
          requestId,
          action: 'draw.created',
          targetKind: 'draw',
          targetId: id,
          after: view,
        });
        return ok(view);
      });
    },

    async close({ brandId, actor, requestId }, drawId) {
      const closed = await db.transaction(async (tx): Promise<Result<unknown>> => {
        const draw = await lockDraw(tx, drawId);
        if (draw?.brandId !== brandId) return drawNotFound;
        const moved = await close(tx, draw);
        if (!moved.ok) return moved;
        await audit(tx, {
          brandId,
          actor,
          requestId,
          action: 'draw.closed',
          targetKind: 'draw',
          targetId: drawId,
          before: { status: draw.status },
          after: { status: moved.value },
        });
        return moved;
      });
      if (!closed.ok) return closed;
      await hold(db, secrets, { brandId, drawId });
      const drawn = await findDraw(db, brandId, drawId);
      return drawn ? ok(viewOf(drawn)) : drawNotFound;
    },

    async run() {
      await doEachDue<DrawKey>(asides.closing, {
        find: (aside) => findOverdue(db, { aside }),
        nameOf: ({ drawId }) => drawId,
        work: async (draw) => (await closeOne(draw)).ok,
      });
      await doEachDue<DrawKey>(asides.holding, {
        find: (aside) => findClosed(db, aside),
        nameOf: ({ drawId }) => drawId,
        work: (draw) => hold(db, secrets, draw),
      });
      const more = await doDue<OpenEntry>(asides.completing, {
        find: (aside) => findOpenEntries(db, aside),
        nameOf: ({ grantId }) => grantId,
        async work(entries) {
          const completed = await db.transaction((tx) => completeEntries(tx, entries));
          log.info({ drawId: entries[0]?.drawId, completed }, 'completed entries of a draw');
          return completed;
        },
      });
      if (!more) await markCompleted(db);
      return more;
    },
  };
}
