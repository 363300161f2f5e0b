import * as contract from '@promosmith/contract';
import { type Result, refuse } from '@promosmith/core';
import type { RequestContext } from '../../../platform/http/context.ts';
import { reply } from '../../../platform/http/server.ts';
import { playerId } from '../../../platform/ids.ts';
import type { Platform } from '../../../platform/platform.ts';
import { loadPlayers } from '../../players/index.ts';
import { type Book, type By, findJourney, type JourneyRecord } from '../definitions/index.ts';
import { journeyNotFound } from '../definitions/journey.ts';
import { noSuchVersion } from '../definitions/refusals.ts';
import { nodeCounts, reportOf } from './counts.ts';
import { findEnrolment, listEnrolments, listOfPlayer } from './lists.ts';
import type { Migrations } from './migrations.ts';
import { readNumbers } from './numbers.ts';
import type { Repair } from './repair.ts';
import { type EnrolmentRow, enrolmentView } from './rows.ts';
import { findRun } from './run-view.ts';
import { listStuck, waysOn } from './stuck.ts';
import { timelineOf } from './timeline.ts';

const noPlayer = refuse('not_found', 'There is no such player.');
const noEnrolment = refuse('not_found', 'There is no such enrolment.');

const by = ({ caller: { brandId, actor }, requestId }: RequestContext): By => ({ brandId, actor, requestId });

const answer = <T>(result: Result<T>) => (result.ok ? reply(200, result.value) : result);
const shown = (result: Result<EnrolmentRow>) =>
  result.ok ? reply(200, enrolmentView(result.value)) : result;

export interface Desk {
  readonly book: Book;
  readonly repair: Repair;
  readonly migrations: Migrations;
  /** Looks for jobs at once. */
  wakeJobs(): void;
}

export function mountDesk(platform: Pick<Platform, 'db' | 'http'>, desk: Desk): void {
  mountReads(platform, desk);
  mountRepairs(platform, desk);
  mountMigrations(platform, desk);
}

function mountReads({ db, http }: Pick<Platform, 'db' | 'http'>, { book }: Desk): void {
  http.mount(contract.getJourneyCounts, async ({ params: { journeyId }, query }, { caller: { brandId } }) => {
    const journey = await findJourney(db, brandId, journeyId);
    if (!journey) return journeyNotFound();
    const version = query.version ?? journey.version;
    if (!hasVersion(journey, version)) return noSuchVersion(version ?? 1);
    const { definition } = (await book.version(db, brandId, journeyId, version)).journey;
    const nodes = await nodeCounts(db, journeyId, version, Object.keys(definition.nodes));
    return reply(200, { version, nodes });
  });

  http.mount(contract.getJourneyReport, async ({ params: { journeyId }, query }, { caller: { brandId } }) => {
    const journey = await findJourney(db, brandId, journeyId);
    if (!journey) return journeyNotFound();
    if (query.version !== undefined && !hasVersion(journey, query.version))
      return noSuchVersion(query.version);
    return reply(200, await reportOf(db, journeyId, query.version ?? null));
  });

  http.mount(contract.listJourneyNumbers, async ({ query }, { caller: { brandId } }) =>
    reply(200, { items: await readNumbers(db, brandId, query.journeyIds) }),
  );

  http.mount(contract.getJourneyRun, async ({ params: { journeyId } }, { caller: { brandId } }) => {
    const journey = await findJourney(db, brandId, journeyId);
    return journey ? reply(200, { run: await findRun(db, journeyId) }) : journeyNotFound();
  });

  http.mount(
    contract.listJourneyEnrolments,
    async ({ params: { journeyId }, query }, { caller: { brandId } }) => {
      const journey = await findJourney(db, brandId, journeyId);
      return journey ? answer(await listEnrolments(db, brandId, journeyId, query)) : journeyNotFound();
    },
  );

  http.mount(
    contract.listPlayerEnrolments,
    async ({ params: { externalId }, query }, { caller: { brandId } }) => {
      const id = playerId(brandId, externalId);
      if (!(await loadPlayers(db, [id])).has(id)) return noPlayer;
      return answer(await listOfPlayer(db, id, query));
    },
  );

  http.mount(
    contract.getJourneyEnrolment,
    async ({ params: { journeyId, enrolmentId } }, { caller: { brandId } }) => {
      const row = await findEnrolment(db, brandId, journeyId, enrolmentId);
      if (!row) return noEnrolment;
      const journey = (await book.readable(db, brandId, journeyId, row.version))?.journey;
      return reply(200, {
        ...enrolmentView(row),
        connectors: waysOn(row, journey),
        timeline: await timelineOf(db, row, journey),
      });
    },
  );

  http.mount(
    contract.listStuckEnrolments,
    async ({ params: { journeyId }, query }, { caller: { brandId } }) => {
      const journey = await findJourney(db, brandId, journeyId);
      if (!journey) return journeyNotFound();
      const isPaused = journey.status === 'paused';
      return reply(200, await listStuck(db, book, { brandId, journeyId, isPaused }, query.limit));
    },
  );
}

const hasVersion = ({ version: latest }: JourneyRecord, version: number | null): version is number =>
  version !== null && latest !== null && version <= latest;

function mountRepairs({ http }: Pick<Platform, 'http'>, { repair }: Desk): void {
  http.mount(contract.retryEnrolment, async ({ params }, context) =>
    shown(await repair.retry(by(context), params)),
  );

  http.mount(contract.skipVisit, async ({ params, body }, context) =>
    shown(await repair.skip(by(context), params, body)),
  );

  http.mount(contract.withdrawEnrolment, async ({ params, body }, context) =>
    shown(await repair.withdraw(by(context), params, body.reason)),
  );
}

function mountMigrations({ db, http }: Pick<Platform, 'db' | 'http'>, { migrations, wakeJobs }: Desk): void {
  http.mount(contract.previewMigration, async ({ params: { journeyId }, body }, { caller: { brandId } }) => {
    if (!(await findJourney(db, brandId, journeyId))) return journeyNotFound();
    return answer(await migrations.preview(brandId, journeyId, body));
  });

  http.mount(contract.startMigration, async ({ params: { journeyId }, body }, context) => {
    if (!(await findJourney(db, context.caller.brandId, journeyId))) return journeyNotFound();
    const started = await migrations.start(by(context), journeyId, body);
    if (!started.ok) return started;
    wakeJobs();
    return reply(202, { jobId: started.value });
  });
}
