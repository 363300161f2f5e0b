import { type CohortOf, getCohorts, getPlayerValue, type RouteInput } from '@promosmith/contract';
import { ok, type Result, refuse } from '@promosmith/core';
import { type HttpServer, reply } from '../../platform/http/server.ts';
import type { Brands } from '../brands/index.ts';
import type { ReadReport } from './kept.ts';
import { type CohortsBody, cohortsOf } from './reports/cohorts.ts';
import { playerValueOf, type ValueBody } from './reports/value.ts';

/** Reports by whom they are about. */
export interface Reports {
  readonly registration: ReadReport<CohortsBody>;
  readonly first_activation: ReadReport<CohortsBody>;
  readonly campaign: ReadReport<CohortsBody>;
  readonly value: ReadReport<ValueBody>;
  /** Registered by a later feature. */
  experiment: ReadReport<CohortsBody>;
}

const NOT_FOUND = refuse('not_found', 'There is no such campaign.');

export function mountCohorts(http: HttpServer, brands: Brands, reports: Reports): void {
  http.mount(getCohorts, async ({ query }, { caller: { brandId } }) => {
    const asked = subjectOf(query, brandId);
    if (!asked.ok) return asked;
    const { of, report, subjectId } = asked.value;
    const kept = await reports[report](brandId, subjectId);
    const brand = await brands.get(brandId);
    const { by, measure, currency = brand.currency } = query;
    return reply(200, {
      ...{ by, of, measure, currency },
      timeZone: kept?.body.timeZone ?? brand.timeZone,
      groups: kept ? cohortsOf(kept.body, { by, measure, currency }) : [],
      countedAt: (kept?.countedAt ?? new Date()).toISOString(),
    });
  });

  http.mount(getPlayerValue, async ({ params: { campaignId }, query }, { caller: { brandId } }) => {
    const kept = await reports.value(brandId, campaignId);
    if (!kept) return NOT_FOUND;
    const currency = query.currency ?? (await brands.get(brandId)).currency;
    const countedAt = kept.countedAt.toISOString();
    return reply(200, { campaignId, currency, ...playerValueOf(kept.body, currency), countedAt });
  });
}

type Query = RouteInput<typeof getCohorts>['query'];

interface Subject {
  readonly of: CohortOf;
  readonly report: 'registration' | 'first_activation' | 'campaign' | 'experiment';
  readonly subjectId: string;
}

/** What the report is about: ids that it has no use for are refused, rather than passed over. */
function subjectOf({ of, campaignId, experimentId }: Query, brandId: string): Result<Subject> {
  const meant = of ?? (campaignId ? 'first_activation' : experimentId ? 'experiment' : 'registration');
  if (campaignId && meant !== 'first_activation') return needless('campaignId', 'first_activation');
  if (experimentId && meant !== 'experiment') return needless('experimentId', 'experiment');
  if (campaignId) return ok({ of: meant, report: 'campaign', subjectId: campaignId });
  if (meant !== 'experiment') return ok({ of: meant, report: meant, subjectId: brandId });
  if (!experimentId) return wrong('experimentId', 'is missing', 'the id of an experiment');
  return ok({ of: meant, report: 'experiment', subjectId: experimentId });
}

const needless = (name: string, of: string) => wrong(name, `goes with of=${of} alone`, 'leave it out');

const wrong = (name: string, reason: string, fix: string) =>
  refuse('invalid_request', `query.${name}: ${reason}`, [{ field: `query.${name}`, reason, fix }]);
