import { simulateJourney, startTestRun } from '@promosmith/contract';
import { ok, type Result, refuse } from '@promosmith/core';
import type { Journey } from '@promosmith/core/journey';
import { reply } from '../../../platform/http/server.ts';
import { playerId } from '../../../platform/ids.ts';
import type { Platform } from '../../../platform/platform.ts';
import type { Brands } from '../../brands/index.ts';
import { loadPlayers, type Players } from '../../players/index.ts';
import { type Definitions, findJourney } from '../definitions/index.ts';
import { journeyNotFound } from '../definitions/journey.ts';
import { notReady, refuseField } from '../definitions/refusals.ts';
import { findEnrolment } from '../desk/lists.ts';
import { enrolmentView } from '../desk/rows.ts';
import { loadPeople } from '../enrolments/people.ts';
import type { Enrolments } from '../enrolments/types.ts';
import { runScript } from './simulation.ts';
import { startTest } from './test-run.ts';

/** Trying a journey out: by made-up time, or for real with one player. */
export function createTrials(
  { db, http }: Pick<Platform, 'db' | 'http'>,
  {
    brands,
    definitions,
    enrolments,
    players,
  }: {
    brands: Brands;
    definitions: Pick<Definitions, 'book' | 'draft'>;
    enrolments: Pick<Enrolments, 'enter'>;
    players: Players;
  },
): void {
  const { book } = definitions;

  /** @param version null: the draft. */
  async function journeyOf(
    brandId: string,
    journeyId: string,
    version: number | null,
  ): Promise<Result<Journey>> {
    if (version === null) return draftOf(brandId, journeyId);
    const found = await findJourney(db, brandId, journeyId);
    if (!found) return journeyNotFound();
    if (version > (found.version ?? 0)) return refuseField('version', 'is no version of the journey');
    return ok((await book.version(db, brandId, journeyId, version)).journey);
  }

  async function draftOf(brandId: string, journeyId: string): Promise<Result<Journey>> {
    const draft = await definitions.draft(brandId, journeyId);
    if (!draft.ok) return draft;
    const { journey, definition, problems } = draft.value;
    return journey ? ok(journey) : notReady(definition, problems);
  }

  http.mount(simulateJourney, async ({ params, body }, { caller: { brandId } }) => {
    const journey = await journeyOf(brandId, params.journeyId, body.version);
    if (!journey.ok) return journey;
    const id = playerId(brandId, body.player ?? '');
    if (body.player !== null && !(await loadPlayers(db, [id])).has(id))
      return refuse('not_found', `There is no player "${body.player}".`);
    const people = await loadPeople(db, brands, brandId, body.player === null ? [] : [id]);
    const { facts, timeZone, now } = people.situation(id, null);
    const catalogue = await players.catalogue(brandId);
    const done = runScript({ journey: journey.value, catalogue, playerId: id, facts, timeZone, now }, body);
    return done.ok ? reply(200, done.value) : done;
  });

  http.mount(startTestRun, async ({ params: { journeyId }, body }, { caller, requestId }) => {
    const { brandId, actor, permissions } = caller;
    const by = { brandId, actor, requestId, mayGive: permissions.has('journeys:publish') };
    const started = await startTest(db, { book, enrolments }, by, journeyId, body);
    if (!started.ok) return started;
    const row = await findEnrolment(db, brandId, journeyId, started.value);
    if (!row) throw new Error(`enrolment ${started.value} was made and is not there`);
    return reply(201, enrolmentView(row));
  });
}
