import { enterJourney, type JourneyEntryResult, type RouteInput } from '@promosmith/contract';
import { ok, type Result, refuse } from '@promosmith/core';
import type { JourneyEvent } from '@promosmith/core/journey';
import type { Database } from '../../../platform/db.ts';
import type { RequestContext } from '../../../platform/http/context.ts';
import { type HttpServer, reply } from '../../../platform/http/server.ts';
import { playerId } from '../../../platform/ids.ts';
import { publish } from '../../../platform/outbox.ts';
import type { Book } from '../definitions/book.ts';
import { enter } from './enter.ts';
import type { Moving } from './move.ts';
import { type JourneyState, presentOf, readJourneys } from './store/journeys.ts';
import type { Entry, EntryOutcome } from './types.ts';

type Body = RouteInput<typeof enterJourney>['body'];
type Item = Body['entries'][number];

/** The trigger that is a call of the API. */
export function mountEntries(http: HttpServer, db: Database, moving: Moving): void {
  http.mount(enterJourney, async ({ params, body }, context) => {
    const { brandId } = context.caller;
    const results = await db.transaction(async (tx): Promise<Result<JourneyEntryResult[]>> => {
      const state = (await readJourneys(tx, [{ brandId, ...params }], 'as they are')).get(params.journeyId);
      if (!state) return refuse('not_found', 'There is no such journey.');
      if (!(await takesRequests(moving.book, state, tx)))
        return refuse(
          'conflict',
          'Players do not enter this journey by the API: its trigger is another one.',
        );
      const now = await presentOf(tx);
      const at = new Date(body.at === undefined ? now : Math.min(Date.parse(body.at), now));
      const entries = body.entries.map((item) => entryOf(item, at, { brandId, ...params }));
      const { outcomes, events } = await enter(moving, tx, entries);
      await publish(tx, originOf(context, now), events);
      return ok(body.entries.map(({ id }, n) => resultOf(id, outcomes[n])));
    });
    if (!results.ok) return results;
    return reply(200, { results: results.value });
  });
}

/** One that nobody can enter says so of each player. */
async function takesRequests(
  book: Book,
  { brandId, journeyId, version }: JourneyState,
  tx: Parameters<Book['readable']>[0],
): Promise<boolean> {
  if (version === null) return true;
  const compiled = await book.readable(tx, brandId, journeyId, version);
  return !compiled || compiled.journey.trigger.source === 'api';
}

const originOf = ({ caller, requestId }: RequestContext, now: number) => ({
  brandId: caller.brandId,
  actor: caller.actor,
  correlationId: requestId,
  time: new Date(now).toISOString(),
});

const entryOf = (
  { id, player, data }: Item,
  at: Date,
  { brandId, journeyId }: { brandId: string; journeyId: string },
): Entry => ({
  ...{ brandId, journeyId, at, requestKey: id },
  playerId: playerId(brandId, player),
  playerExternalId: player,
  event: data ? eventOf(id, at, data) : null,
});

/** Under a name that no event of the platform has: nothing waits for it. */
const eventOf = (id: string, at: Date, data: JourneyEvent['data']): JourneyEvent => ({
  ...{ id: `api:${id}`, source: 'event', name: 'api', at: at.getTime(), data },
});

function resultOf(id: string, outcome: EntryOutcome | undefined): JourneyEntryResult {
  if (!outcome) throw new Error('every entry has an outcome');
  if (!outcome.entered) return { status: 'refused', id, key: outcome.because };
  const { as, enrolmentId, before } = outcome;
  return { status: as === 'control' ? 'control' : 'entered', id, enrolmentId, repeated: before };
}
