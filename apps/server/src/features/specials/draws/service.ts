import { randomBytes } from 'node:crypto';
import type { Actor, createDraw, Draw, RouteInput } from '@promosmith/contract';
import { ok, type Result, refuse } from '@promosmith/core';
import { commitmentOf } from '@promosmith/core/draw';
import { audit } from '../../../platform/audit.ts';
import { newId } from '../../../platform/ids.ts';
import { hasPassed, refusePassed } from '../../../platform/passed.ts';
import type { Platform } from '../../../platform/platform.ts';
import { completeEntries } from './entries.ts';
import { close, hold } from './hold.ts';
import { drawNotFound } from './refusals.ts';
import {
  findDraw,
  findOverdue,
  findUnfinished,
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
}: Pick<Platform, 'db' | 'log' | 'secrets'>): DrawService {
  async function closeOverdue(of?: { brandId: string; key: string }): Promise<void> {
    for (const drawId of await findOverdue(db, of))
      await db.transaction(async (tx) => {
        const draw = await lockDraw(tx, drawId);
        return draw ? close(tx, draw) : drawNotFound;
      });
  }

  async function finish(draw: { brandId: string; drawId: string; drawn: boolean }): Promise<boolean> {
    if (!draw.drawn) await hold(db, secrets, draw);
    const completed = await db.transaction((tx) => completeEntries(tx, draw.drawId));
    if (completed === 0) await markCompleted(db, draw.drawId);
    return completed > 0;
  }

  return {
    async create({ brandId, actor, requestId }, body) {
      await closeOverdue({ brandId, key: body.key });
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
      await closeOverdue();
      let more = false;
      for (const draw of await findUnfinished(db)) {
        try {
          more = (await finish(draw)) || more;
        } catch (err) {
          log.error({ err, drawId: draw.drawId }, 'a draw could not be held; the others go on');
        }
      }
      return more;
    },
  };
}
