import {
  activateJourney,
  archiveJourney,
  compareJourneyVersions,
  createJourney,
  duplicateJourney,
  getJourney,
  getJourneyVersion,
  lintJourney,
  listContentUses,
  listJourneys as listJourneysRoute,
  listJourneyVersions,
  pauseJourney,
  publishJourney,
  resumeJourney,
  updateJourney,
} from '@promosmith/contract';
import { ok, type Result, refuse } from '@promosmith/core';
import type { Queryable } from '../../../platform/db.ts';
import type { RequestContext } from '../../../platform/http/context.ts';
import { type HttpServer, reply } from '../../../platform/http/server.ts';
import { findContents } from '../../content/index.ts';
import { changesBetween, type Point } from './diff.ts';
import type { Drafts } from './drafts.ts';
import { type By, headOf, type JourneyRecord, journeyNotFound } from './journey.ts';
import type { Moves } from './moves.ts';
import { noSuchVersion, notPublished } from './refusals.ts';
import type { Reviews } from './review.ts';
import { findJourney, findVersion, listJourneys, listUses, listVersions, versionHeadOf } from './views.ts';

const byOf = ({ caller: { brandId, actor }, requestId }: RequestContext): By => ({
  brandId,
  actor,
  requestId,
});

interface Revised {
  body?: { revision?: number | undefined } | undefined;
  headers: { 'if-match'?: string | undefined };
}

/** The revision the caller saw: in the body, or quoted in `If-Match`. */
const seenRevision = ({ body, headers }: Revised): number | undefined =>
  body?.revision ??
  (headers['if-match'] === undefined ? undefined : Number(headers['if-match'].slice(1, -1)));

export function mountDefinitions(
  http: HttpServer,
  db: Queryable,
  { drafts, moves, reviews }: { drafts: Drafts; moves: Moves; reviews: Reviews },
): void {
  async function shown<Status extends number>(status: Status, result: Result<JourneyRecord>) {
    if (!result.ok) return result;
    const { brandId, journeyId, draft, revision } = result.value;
    const { problems } = await reviews.review(brandId, journeyId, draft);
    const body = { ...headOf(result.value), draft, problems: [...problems] };
    return reply(status, body, { etag: `"${revision}"` });
  }

  http.mount(createJourney, async ({ body }, context) =>
    shown(201, await drafts.create(byOf(context), body)),
  );

  http.mount(listJourneysRoute, async ({ query }, { caller }) => {
    const page = await listJourneys(db, caller.brandId, query);
    return page.ok ? reply(200, page.value) : page;
  });

  http.mount(lintJourney, async ({ body }, { caller }) => {
    const { problems } = await reviews.review(caller.brandId, 'lint', body.definition);
    return reply(200, { problems: [...problems] });
  });

  http.mount(getJourney, async ({ params }, { caller }) => {
    const journey = await findJourney(db, caller.brandId, params.journeyId);
    return journey ? shown(200, ok(journey)) : journeyNotFound();
  });

  http.mount(updateJourney, async (input, context) => {
    const revision = seenRevision(input);
    if (revision === undefined) return revisionMissing;
    const { revision: _, ...edit } = input.body;
    return shown(200, await drafts.update(byOf(context), input.params.journeyId, revision, edit));
  });

  http.mount(duplicateJourney, async ({ params, body }, context) =>
    shown(201, await drafts.duplicate(byOf(context), params.journeyId, body.name, body.version)),
  );

  http.mount(publishJourney, async (input, context) => {
    const note = input.body.note ?? null;
    return shown(200, await moves.publish(byOf(context), input.params.journeyId, note, seenRevision(input)));
  });

  http.mount(activateJourney, async (input, context) =>
    shown(200, await moves.activate(byOf(context), input.params.journeyId, seenRevision(input))),
  );

  http.mount(pauseJourney, async (input, context) => {
    const { journeyId } = input.params;
    return shown(200, await moves.pause(byOf(context), journeyId, input.body.reason, seenRevision(input)));
  });

  http.mount(resumeJourney, async (input, context) =>
    shown(200, await moves.resume(byOf(context), input.params.journeyId, seenRevision(input))),
  );

  http.mount(archiveJourney, async (input, context) =>
    shown(200, await moves.archive(byOf(context), input.params.journeyId, seenRevision(input))),
  );

  http.mount(listJourneyVersions, async ({ params, query }, { caller: { brandId } }) => {
    const { journeyId } = params;
    if (!(await findJourney(db, brandId, journeyId))) return journeyNotFound();
    const page = await listVersions(db, { brandId, journeyId }, query);
    return page.ok ? reply(200, page.value) : page;
  });

  http.mount(getJourneyVersion, async ({ params: { journeyId, version } }, { caller }) => {
    const found = await findVersion(db, caller.brandId, journeyId, version);
    if (!found) return noSuchVersion(version);
    const { definition, contents } = found;
    return reply(200, { ...versionHeadOf(found), definition, contents: { ...contents } });
  });

  http.mount(compareJourneyVersions, async ({ params, query }, { caller }) => {
    const journey = await findJourney(db, caller.brandId, params.journeyId);
    if (!journey) return journeyNotFound();
    const { from = journey.version, to = null } = query;
    if (from === null) return notPublished();
    const [before, after] = [await versionOf(journey, from), await pointOf(journey, to)];
    if (!before.ok) return before;
    if (!after.ok) return after;
    return reply(200, { from, to, ...changesBetween(before.value, after.value) });
  });

  async function versionOf({ brandId, journeyId }: JourneyRecord, version: number): Promise<Result<Point>> {
    const found = await findVersion(db, brandId, journeyId, version);
    return found ? ok(found) : noSuchVersion(version);
  }

  async function pointOf(journey: JourneyRecord, version: number | null): Promise<Result<Point>> {
    if (version !== null) return versionOf(journey, version);
    const { brandId, draft: definition, product } = journey;
    return ok({ definition, product, contents: await reviews.contentsNow(brandId, definition) });
  }

  http.mount(listContentUses, async ({ params: { contentId }, query }, { caller: { brandId } }) => {
    if ((await findContents(db, brandId, [contentId])).length === 0)
      return refuse('not_found', 'There is no such content.');
    const page = await listUses(db, brandId, contentId, query);
    return page.ok ? reply(200, page.value) : page;
  });
}

const revisionMissing = refuse('invalid_request', 'revision: is missing', [
  { field: 'revision', reason: 'is missing', fix: 'send the revision you read, here or in If-Match' },
]);
