import {
  askForReview,
  assignCase,
  decideCase,
  getCase,
  getCaseQueue,
  getRiskPrecision,
  Id,
  listCases,
  listMyReviews,
  listRiskLists,
  noteOnCase,
  putOnRiskList,
  requestReview,
  takeOffRiskList,
} from '@promosmith/contract';
import { ok, type Result, refuse } from '@promosmith/core';
import { z } from 'zod';
import type { Database } from '../../platform/db.ts';
import type { RequestContext } from '../../platform/http/context.ts';
import { decodeCursor, toFilteredPage } from '../../platform/http/cursor.ts';
import { type HttpServer, reply } from '../../platform/http/server.ts';
import { playerId } from '../../platform/ids.ts';
import {
  caseView,
  findCase,
  findCases,
  findEarlier,
  findNotes,
  queueKeyOf,
  readPrecision,
  readQueue,
} from '../cases/index.ts';
import type { Assigning } from './assigning.ts';
import { type Carriers, carryOut } from './carrying-out.ts';
import type { Decisions } from './decisions.ts';
import type { Lists } from './lists/index.ts';
import { caseNotFound } from './refusals.ts';
import { type Reviews, reviewOf } from './reviews.ts';
import { readTimeline } from './timeline.ts';

const MOST_NOTES = 200;
const MOST_EARLIER = 20;
const MOST_DAYS = 92;
const DAY_MS = 86_400_000;

const QueueCursor = z.tuple([z.string().regex(/^\d{1,3}$/), Id]);

export interface CaseDeskParts {
  readonly assigning: Assigning;
  readonly carriers: Carriers;
  readonly decisions: Decisions;
  readonly lists: Lists;
  readonly reviews: Reviews;
  /** Looks for jobs at once. */
  readonly wake: () => void;
}

export function mountCaseDesk(http: HttpServer, db: Database, parts: CaseDeskParts): void {
  mountQueue(http, db);
  mountCase(http, db, parts);
  mountLists(http, parts.lists);
  mountReviews(http, parts.reviews);
}

function mountQueue(http: HttpServer, db: Database): void {
  http.mount(listCases, async ({ query }, { caller: { brandId, actor } }) => {
    const { cursor, limit, player, assignee, ...filter } = query;
    const after = decodeCursor(cursor, QueueCursor);
    if (!after.ok) return after;
    const { rows, endOfLook } = await findCases(
      db,
      brandId,
      {
        ...filter,
        assignee: assignee === 'me' ? actor.id : assignee,
        playerId: player === undefined ? undefined : playerId(brandId, player),
      },
      after.value,
      limit + 1,
    );
    return reply(200, await toFilteredPage(rows, limit, queueKeyOf, caseView, endOfLook));
  });

  http.mount(getCaseQueue, async (_, { caller }) =>
    reply(200, await readQueue(db, caller.brandId, caller.actor.id)),
  );

  http.mount(getRiskPrecision, async ({ query }, { caller }) => {
    const days = (Date.parse(query.to) - Date.parse(query.from)) / DAY_MS;
    if (days <= 0 || days > MOST_DAYS) return notATime;
    return reply(200, await readPrecision(db, caller.brandId, query));
  });
}

function mountCase(http: HttpServer, db: Database, parts: CaseDeskParts): void {
  const { assigning, carriers, decisions, wake } = parts;

  http.mount(getCase, async ({ params }, { caller: { brandId } }) => {
    const found = await findCase(db, brandId, params.caseId);
    if (!found) return caseNotFound();
    const notes = await findNotes(db, brandId, found.id, MOST_NOTES);
    const earlier = await findEarlier(db, found, MOST_EARLIER);
    const timeline = found.playerId === null ? null : await readTimeline(db, found.playerId);
    return reply(200, { ...caseView(found), notes, timeline, earlier: earlier.map(caseView) });
  });

  http.mount(assignCase, async ({ params, body }, context) => {
    const assigned = await assigning.assign(params.caseId, body.assignee, body.revision, context);
    return assigned.ok ? reply(200, caseView(assigned.value)) : assigned;
  });

  http.mount(noteOnCase, async ({ params, body }, context) => {
    const noted = await assigning.note(params.caseId, body.text, context);
    return noted.ok ? reply(201, noted.value) : noted;
  });

  http.mount(decideCase, async ({ params, body }, context) => {
    const result = await decisions.decide(params.caseId, body, context);
    if (!result.ok) return result;
    if ('approval' in result.value) return reply(202, result.value.approval);
    const { decided } = result.value;
    wake();
    return reply(200, caseView(decided.effects === null ? await carryOut(carriers, decided) : decided));
  });
}

function mountLists(http: HttpServer, lists: Lists): void {
  http.mount(listRiskLists, async ({ query }, { caller }) => {
    const page = await lists.list(caller.brandId, query);
    return page.ok ? reply(200, page.value) : page;
  });
  http.mount(putOnRiskList, async ({ body }, context) => {
    const put = await lists.put(body, byOf(context));
    return put.ok ? reply(put.value.created ? 201 : 200, put.value.entry) : put;
  });
  http.mount(takeOffRiskList, async ({ params }, context) => {
    const taken = await lists.takeOff(params.entryId, byOf(context));
    return taken.ok ? reply(204, undefined) : taken;
  });
}

function mountReviews(http: HttpServer, reviews: Reviews): void {
  http.mount(askForReview, async ({ body }, context) => {
    const self = selfOf(context);
    if (!self.ok) return self;
    const asked = await reviews.ask({ ...self.value, ...body, message: body.message });
    if (!asked.ok) return asked;
    return reply(asked.value.created ? 201 : 200, reviewOf(asked.value.review));
  });
  http.mount(listMyReviews, async (_, context) => {
    const self = selfOf(context);
    if (!self.ok) return self;
    return reply(200, { items: await reviews.list(self.value.brandId, self.value.player) });
  });
  http.mount(requestReview, async ({ params, body }, { caller, requestId }) => {
    const asked = await reviews.ask({
      brandId: caller.brandId,
      player: params.externalId,
      requestId,
      activationId: body.activationId,
      message: body.message,
    });
    if (!asked.ok) return asked;
    return reply(asked.value.created ? 201 : 200, caseView(asked.value.review));
  });
}

const byOf = ({ caller: { brandId, actor }, requestId }: RequestContext) => ({ brandId, actor, requestId });

/** The player who calls. */
function selfOf({
  caller: { brandId, playerExternalId },
  requestId,
}: RequestContext): Result<{ brandId: string; player: string; requestId: string }> {
  return playerExternalId === undefined ? noPlayer : ok({ brandId, player: playerExternalId, requestId });
}

const noPlayer = refuse('player_token_needed', 'Only a player token says whose reviews are meant.');

const TIME = `is no time of at most ${MOST_DAYS} days after \`from\``;
const notATime = refuse('invalid_request', `query.to: ${TIME}`, [{ field: 'query.to', reason: TIME }]);
