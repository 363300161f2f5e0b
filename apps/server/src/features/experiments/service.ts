import type { createExperiment, Experiment, RouteInput } from '@promosmith/contract';
import { ok, type Result, refuse } from '@promosmith/core';
import { currencyErrors } from '@promosmith/core/money';
import { audit } from '../../platform/audit.ts';
import type { Database } from '../../platform/db.ts';
import type { RequestContext } from '../../platform/http/context.ts';
import { newId } from '../../platform/ids.ts';
import { hasPassed, refusePassed } from '../../platform/passed.ts';
import type { Brands } from '../brands/index.ts';
import { check } from './check.ts';
import { end, findExperiment, insertExperiment } from './store.ts';

export const EXPERIMENT_NOT_FOUND = refuse('not_found', 'There is no such experiment.');

/** Beginning and ending experiments. */
export function createExperimentService(db: Database, brands: Brands) {
  return {
    async create(
      { caller: { brandId, actor }, requestId }: RequestContext,
      body: RouteInput<typeof createExperiment>['body'],
    ): Promise<Result<Experiment>> {
      const { currency: own, currencies } = await brands.get(brandId);
      const { name, startsAt, endsAt, ...rest } = body;
      const currency = body.currency ?? own;
      const wrong = currencyErrors(currencies, 'currency', currency);
      if (wrong.length > 0) return refuse('unknown_currency', `currency: ${wrong[0]?.reason}`, wrong);
      return db.transaction(async (tx): Promise<Result<Experiment>> => {
        if (endsAt !== null && (await hasPassed(tx, endsAt))) return refusePassed('endsAt');
        // Codes that were given before are told of no more, or only some of them: who is in which arm would be by halves.
        if (body.dealtBy === 'distribution' && startsAt !== undefined && (await hasPassed(tx, startsAt)))
          return refusePassed('startsAt');
        const checked = await check(tx, brandId, body);
        if (!checked.ok) return checked;
        const experiment = await insertExperiment(tx, {
          ...{ experimentId: newId(), brandId, name, definition: { ...rest, currency } },
          ...{ startsAt: startsAt ?? null, endsAt, createdBy: actor },
        });
        await audit(tx, {
          ...{ brandId, actor, requestId, action: 'experiment.created' },
          ...{ targetKind: 'experiment', targetId: experiment.id, after: experiment },
        });
        return ok(experiment);
      });
    },

    find: (brandId: string, experimentId: string): Promise<Experiment | undefined> =>
      findExperiment(db, brandId, experimentId),

    /** Of one that has ended, no change. */
    end: (
      { caller: { brandId, actor }, requestId }: RequestContext,
      experimentId: string,
    ): Promise<Result<Experiment>> =>
      db.transaction(async (tx): Promise<Result<Experiment>> => {
        const ended = await end(tx, brandId, experimentId);
        const experiment = ended ?? (await findExperiment(tx, brandId, experimentId));
        if (!experiment) return EXPERIMENT_NOT_FOUND;
        if (ended)
          await audit(tx, {
            ...{ brandId, actor, requestId, action: 'experiment.ended' },
            ...{ targetKind: 'experiment', targetId: experimentId, after: { endsAt: ended.endsAt } },
          });
        return ok(experiment);
      }),
  };
}

export type ExperimentService = ReturnType<typeof createExperimentService>;
