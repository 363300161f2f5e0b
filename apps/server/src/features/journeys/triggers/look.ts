import { ok, type Result, refuse } from '@promosmith/core';
import type { Database, Transaction } from '../../../platform/db.ts';
import { newId } from '../../../platform/ids.ts';
import { type NewEvent, publish } from '../../../platform/outbox.ts';
import type { Brands } from '../../brands/index.ts';
import type { Book, LiveJourney } from '../definitions/index.ts';
import type { Enrolments } from '../enrolments/types.ts';
import { whoPasses } from './audience.ts';
import { planOf } from './plan.ts';
import { refreshUnheld } from './segment.ts';
import { endRun, findPart, type Looked, lockRun, type Run, saveRun } from './store.ts';
import { latestTime, timeAfter } from './times.ts';

/** Players of one transaction. */
const PART = 500;
/** Between looks at everybody for who came into a segment unnoticed: by time, or by what no event told. */
const LOOK_EVERY_MS = 3_600_000;

const TRIGGER = { kind: 'system', id: 'journeys' } as const;

export interface LookParts {
  readonly db: Database;
  readonly brands: Brands;
  readonly book: Book;
  readonly enrolments: Pick<Enrolments, 'enter'>;
}

/** What of a look its parts share. */
interface Look {
  readonly run: Run;
  readonly journey: LiveJourney;
  readonly timeZone: string;
  /** The time of the schedule, or when the look began. */
  readonly forTime: Date;
}

/**
 * Looks at the next players of a journey's run, in one transaction: who enters, and how far the run has come, is stored
 * together, so that each is looked at once for each time.
 * @returns whether there are more of them.
 */
export async function lookOn(
  parts: LookParts,
  { journeyId, brandId }: Pick<Run, 'journeyId' | 'brandId'>,
): Promise<boolean> {
  const looked = await parts.db.transaction(async (tx): Promise<Result<boolean>> => {
    const run = await lockRun(tx, journeyId);
    const live = await parts.book.live(tx, brandId);
    const journey = live.find((one) => one.journeyId === journeyId);
    if (!run || !journey || planOf(journey)?.trigger !== run.trigger) return ok(false);
    const { timeZone } = await parts.brands.read(tx, brandId);
    const look = begin(run, journey, timeZone);
    if (look) return lookAtPart(parts, tx, look);
    await endRun(tx, journeyId, nextLook(run, journey, timeZone), null);
    return ok(false);
  });
  return looked.ok && looked.value;
}

/** @returns undefined when there is nothing to look for: its time came while the journey was paused. */
function begin(run: Run, journey: LiveJourney, timeZone: string): Look | undefined {
  const { trigger } = journey.compiled.journey;
  const { forTime, nextAt, now } = run;
  if (forTime) return { run, journey, timeZone, forTime };
  if (trigger.source !== 'schedule') return { run, journey, timeZone, forTime: now };
  if (run.paused) return undefined;
  const latest = latestTime(trigger.times, nextAt.getTime(), now.getTime(), timeZone);
  return { run, journey, timeZone, forTime: new Date(latest) };
}

function nextLook({ now }: Run, { compiled }: LiveJourney, timeZone: string): Date | null {
  const { trigger } = compiled.journey;
  const next =
    trigger.source === 'schedule'
      ? timeAfter(trigger.times, now.getTime(), timeZone)
      : now.getTime() + LOOK_EVERY_MS;
  return next === null ? null : new Date(next);
}

async function lookAtPart({ enrolments }: LookParts, tx: Transaction, look: Look): Promise<Result<boolean>> {
  const { run, journey, timeZone, forTime } = look;
  const players = await findPart(tx, run, forTime, PART);
  const entering = await whoEnters(tx, look, players);
  const { outcomes, events } = await enrolments.enter(tx, entering);
  if (outcomes.some((outcome) => !outcome.entered && outcome.because === 'journey_not_active'))
    return refuse('conflict', 'It was paused meanwhile: the rest is looked at when it goes on.');
  const entered = run.entered + outcomes.filter((outcome) => outcome.entered).length;
  const looked = run.looked + players.length;
  const last = players.at(-1);
  const goesOn = players.length === PART && last !== undefined;
  if (goesOn) {
    const { createdAt: afterAt, playerId: afterId } = last;
    await saveRun(tx, { ...run, forTime, afterAt, afterId, looked, entered });
  } else await endRun(tx, run.journeyId, nextLook(run, journey, timeZone), { forTime, looked, entered });
  await tell(tx, run.brandId, events);
  return ok(goesOn);
}

async function whoEnters(
  tx: Transaction,
  { run, journey, timeZone, forTime }: Look,
  players: readonly Looked[],
) {
  const { trigger } = journey.compiled.journey;
  const ids = players.map(({ playerId }) => playerId);
  const { brandId, journeyId, now } = run;
  const entryOf = ({ playerId, externalId }: Looked, at: Date) => ({
    ...{ brandId, journeyId, playerId, playerExternalId: externalId },
    at,
    event: null,
  });
  if (trigger.source === 'schedule') {
    const passing = await whoPasses(tx, trigger.audience, ids, now, timeZone);
    return players.filter(({ playerId }) => passing.has(playerId)).map((player) => entryOf(player, forTime));
  }
  if (trigger.source !== 'segment') return [];
  const segment = { journeyId, rule: trigger.rule, timeZone };
  const come = new Set(await refreshUnheld(tx, segment, ids, now));
  if (run.paused) return [];
  return players.filter(({ playerId }) => come.has(playerId)).map((player) => entryOf(player, now));
}

async function tell(tx: Transaction, brandId: string, events: readonly NewEvent[]): Promise<void> {
  const time = new Date().toISOString();
  await publish(tx, { brandId, actor: TRIGGER, correlationId: newId(), time }, events);
}
