import type { createExperiment, RouteInput, Treatment } from '@promosmith/contract';
import { type FieldError, ok, type Result, refuse } from '@promosmith/core';
import { BASIS_POINTS } from '@promosmith/core/money';
import type { Queryable } from '../../platform/db.ts';
import { unknownTo } from './store.ts';

type Body = RouteInput<typeof createExperiment>['body'];

/** Whether an experiment can be decided as it is meant, and what it names is there (else `not_found`). */
export async function check(tx: Queryable, brandId: string, body: Body): Promise<Result<null>> {
  const missing = await missingTreatments(tx, brandId, body.arms);
  if (missing.length > 0) return refuse('not_found', `${missing[0]?.field}: ${missing[0]?.reason}`, missing);
  const faults = shapeFaults(body);
  const [first] = faults;
  return first ? refuse('invalid_request', `${first.field}: ${first.reason}`, faults) : ok(null);
}

function shapeFaults({ arms, baseline, dealtBy, startsAt, endsAt }: Body): FieldError[] {
  const faults: FieldError[] = [];
  const keys = arms.map(({ key }) => key);
  for (const [n, key] of keys.entries())
    if (keys.indexOf(key) !== n)
      faults.push({
        field: `arms.${n}.key`,
        reason: 'is that of another arm',
        fix: 'Give each arm its own key.',
      });
  const all = arms.reduce((sum, { weightBps }) => sum + weightBps, 0);
  if (all !== BASIS_POINTS)
    faults.push({ field: 'arms', reason: `the weights are ${all} in all`, fix: 'Make them 10,000 in all.' });
  const treated = arms.map(({ treatment }) => namedBy(treatment));
  for (const [n, id] of treated.entries())
    if (id !== undefined && treated.indexOf(id) !== n)
      faults.push({
        ...{ field: `arms.${n}.treatment`, reason: 'is that of another arm' },
        fix: 'Give each arm something else.',
      });
  for (const [n, { treatment }] of arms.entries())
    if (dealtBy === 'distribution' && treatment.kind !== 'batch')
      faults.push({
        ...{ field: `arms.${n}.treatment`, reason: 'is no batch, which players are dealt by' },
        fix: 'Give each arm a batch of codes.',
      });
  if (!keys.includes(baseline))
    faults.push({ field: 'baseline', reason: 'is no arm', fix: 'Name one of the arms by its key.' });
  if (endsAt !== null && Date.parse(endsAt) <= Date.parse(startsAt ?? ''))
    faults.push({ field: 'endsAt', reason: 'is not after `startsAt`', fix: 'Choose a later time.' });
  return faults;
}

async function missingTreatments(tx: Queryable, brandId: string, arms: Body['arms']): Promise<FieldError[]> {
  const of = (kind: Treatment['kind']) =>
    arms.flatMap(({ treatment }) => (treatment.kind === kind ? (namedBy(treatment) ?? []) : []));
  const unknown = await unknownTo(tx, brandId, {
    campaigns: of('campaign'),
    batches: of('batch'),
    journeys: of('journey'),
  });
  return arms.flatMap(({ treatment }, n) =>
    unknown.has(namedBy(treatment) ?? '')
      ? [
          {
            ...{ field: `arms.${n}.treatment`, reason: 'names nothing that there is' },
            fix: 'Choose something of this brand.',
          },
        ]
      : [],
  );
}

/** The id of what an arm is given. */
function namedBy(treatment: Treatment): string | undefined {
  switch (treatment.kind) {
    case 'nothing':
      return undefined;
    case 'campaign':
      return treatment.campaignId;
    case 'batch':
      return treatment.batchId;
    case 'journey':
      return treatment.journeyId;
  }
}
