import { ok, type Result, refuse } from '@promosmith/core';
import type { Input } from '@promosmith/core/journey';
import { audit } from '../../../platform/audit.ts';
import { isOutage, type Transaction } from '../../../platform/db.ts';
import { type NewEvent, publish } from '../../../platform/outbox.ts';
import type { Platform } from '../../../platform/platform.ts';
import { type By, findJourney } from '../definitions/index.ts';
import { presentOf } from '../enrolments/store/journeys.ts';
import type { Delivered, Enrolments } from '../enrolments/types.ts';
import { retryEffect } from './effects.ts';
import { findEnrolment } from './lists.ts';
import { type EnrolmentRow, enrolmentView } from './rows.ts';

/** Which run of which journey. */
export interface Target {
  readonly journeyId: string;
  readonly enrolmentId: string;
}

/** What a person does about a run that does not go on by itself. */
export function createRepair(
  { db, log }: Pick<Platform, 'db' | 'log'>,
  enrolments: Pick<Enrolments, 'move' | 'moveDue'>,
  /** Told of a retry once it is committed. */
  onRetry: () => void,
) {
  async function deliver(
    by: By,
    target: Target,
    act: { action: string; reason: string; input: (at: number) => Input },
  ): Promise<Result<EnrolmentRow>> {
    return db.transaction(async (tx): Promise<Result<EnrolmentRow>> => {
      const row = await findEnrolment(tx, by.brandId, target.journeyId, target.enrolmentId);
      if (!row) return notFound;
      const { playerId, enrolmentId } = row;
      const input = act.input(await presentOf(tx));
      const { outcomes, events } = await enrolments.move(tx, [{ playerId, enrolmentId, input }]);
      const [outcome] = outcomes;
      if (outcome !== 'moved') return refuse('conflict', REFUSALS[outcome ?? 'gone'] ?? LEFT);
      return written(tx, by, row, events, act);
    });
  }

  async function written(
    tx: Transaction,
    { brandId, actor, requestId }: By,
    before: EnrolmentRow,
    events: readonly NewEvent[],
    { action, reason }: { action: string; reason?: string },
  ): Promise<Result<EnrolmentRow>> {
    const { journeyId, enrolmentId } = before;
    const after = await findEnrolment(tx, brandId, journeyId, enrolmentId);
    if (!after) return notFound;
    const time = new Date().toISOString();
    await publish(tx, { brandId, actor, correlationId: requestId, time }, events);
    await audit(tx, {
      ...{ brandId, actor, requestId, action },
      ...(reason === undefined ? {} : { reason }),
      targetKind: 'enrolment',
      targetId: enrolmentId,
      before: enrolmentView(before),
      after: enrolmentView(after),
    });
    return ok(after);
  }

  /** @returns undefined when nothing of it is due. */
  async function moveOn(by: By, row: EnrolmentRow): Promise<Result<EnrolmentRow> | undefined> {
    const { playerId, enrolmentId } = row;
    try {
      return await db.transaction(async (tx) => {
        const { moved, events } = await enrolments.moveDue(tx, [{ playerId, enrolmentId }]);
        return moved === 0 ? undefined : written(tx, by, row, events, { action: 'enrolment.retried' });
      });
    } catch (error) {
      if (isOutage(error)) throw error;
      log.error({ err: error, enrolmentId, requestId: by.requestId }, 'an enrolment still cannot be moved');
      return refuse('conflict', 'It failed again. The log says why, under the id of this request.');
    }
  }

  return {
    /** Moves the visit on by one of its connectors. */
    skip: (by: By, target: Target, given: { seq: number; connector: string; reason: string }) =>
      deliver(by, target, {
        action: 'enrolment.skipped',
        reason: given.reason,
        input: (at) => ({ kind: 'skip', at, ...given }),
      }),

    /** Takes the player out. */
    withdraw: (by: By, target: Target, reason: string) =>
      deliver(by, target, {
        action: 'enrolment.withdrawn',
        reason,
        input: (at) => ({ kind: 'exit', reason: 'withdrawn_by_staff', at }),
      }),

    /** Tries at once what failed, or what time should have done. */
    async retry(by: By, target: Target): Promise<Result<EnrolmentRow>> {
      const row = await findEnrolment(db, by.brandId, target.journeyId, target.enrolmentId);
      if (!row) return notFound;
      const journey = await findJourney(db, by.brandId, target.journeyId);
      if (journey?.status === 'paused') return refuse('conflict', 'The journey is paused.');
      const retried = await db.transaction(async (tx): Promise<Result<EnrolmentRow>> => {
        if (!(await retryEffect(tx, row))) return nothingToTry;
        return written(tx, by, row, [], { action: 'enrolment.retried' });
      });
      if (!retried.ok) return (await moveOn(by, row)) ?? retried;
      onRetry();
      return retried;
    },
  };
}

export type Repair = ReturnType<typeof createRepair>;

const notFound = refuse('not_found', 'There is no such enrolment.');
const nothingToTry = refuse('conflict', 'Nothing of it failed or is late.');
const LEFT = 'The visit was left meanwhile, or does not wait for this.';

const REFUSALS: Partial<Record<Delivered, string>> = {
  kept: 'The journey is paused.',
  gone: 'The enrolment is gone.',
  enrolment_over: 'The player is not inside any more.',
  not_awaited: 'The node has no such connector.',
  other_visit: 'The visit was left meanwhile.',
};
