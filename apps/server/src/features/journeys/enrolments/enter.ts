import type { Millis } from '@promosmith/core/activation';
import { type Advanced, type EntryRefusal, enrol, mayEnter } from '@promosmith/core/journey';
import type { Queryable } from '../../../platform/db.ts';
import { newId } from '../../../platform/ids.ts';
import type { CompiledVersion } from '../definitions/book.ts';
import type { Moving } from './move.ts';
import { loadPeople, type People } from './people.ts';
import { type Beginning, recordBeginnings } from './record.ts';
import {
  findEntries,
  findHistory,
  findRequested,
  type History,
  pairKey,
  requestedKey,
  takePlaces,
} from './store/entries.ts';
import { type JourneyState, readJourneys } from './store/journeys.ts';
import type { Stored } from './store/stored.ts';
import { deleteInserted, insertStored, type Newcomer } from './store/written.ts';
import type { Entered, Entry, EntryOutcome, NotEntered } from './types.ts';

/** An entry that nothing known forbids: what becomes of it is decided by who is there first. */
interface Entrant {
  readonly entry: Entry;
  readonly compiled: CompiledVersion;
  readonly newcomer: Newcomer;
  readonly advanced: Advanced;
}

const refused = (because: NotEntered): EntryOutcome => ({ entered: false, because });

/**
 * Lets players in. Who may is judged by what is committed, and then by the keys of the enrolments and by the guarded
 * count of entries: of several who would be one too many, at once or at several servers, the surplus is refused.
 */
export async function enter(moving: Moving, tx: Queryable, entries: readonly Entry[]): Promise<Entered> {
  const [first] = entries;
  if (!first) return { outcomes: [], events: [] };
  const states = await readJourneys(tx, entries, 'locked');
  const outcomes = new Map<Entry, EntryOutcome>();
  await answerRepeated(tx, entries, outcomes);
  const open = entries.filter((entry) => !outcomes.has(entry));
  const versions = await versionsOf(moving, tx, open, states, outcomes);
  const asked = open.filter((entry) => !outcomes.has(entry));
  const people = await loadPeople(
    tx,
    moving.brands,
    first.brandId,
    asked.map(({ playerId }) => playerId),
  );
  const judge = await judgeOf(tx, asked, versions, people);
  const entrants: Entrant[] = [];
  for (const entry of asked) {
    const compiled = versions.get(entry.journeyId);
    if (!compiled) throw new Error('an entry that was not refused has a version');
    const verdict = judge(entry, compiled);
    if (verdict.ok) entrants.push(begin(entry, compiled, states, people, verdict));
    else outcomes.set(entry, refused(verdict.because));
  }
  const staying = await insertEntrants(tx, entrants, outcomes);
  // What another call was about to let in, or this one by an entry before, is there by now.
  const refusals = entries.filter((entry) => outcomes.get(entry)?.entered === false);
  await answerRepeated(tx, refusals, outcomes);
  const beginnings = staying.map(({ newcomer, advanced }): Beginning => {
    const { steps, effects } = advanced;
    return { after: newcomer.stored, steps, effects };
  });
  const events = await recordBeginnings(tx, beginnings);
  if (beginnings.some(({ effects }) => effects.length > 0)) moving.onEffects();
  return { outcomes: entries.map((entry) => outcomes.get(entry) ?? refused('inside_already')), events };
}

/** Entries asked for before are answered with the enrolments there are. */
async function answerRepeated(
  tx: Queryable,
  entries: readonly Entry[],
  outcomes: Map<Entry, EntryOutcome>,
): Promise<void> {
  const requested = entries.flatMap((entry) =>
    entry.requestKey === undefined ? [] : [{ ...entry, requestKey: entry.requestKey }],
  );
  const known = await findRequested(tx, requested);
  for (const entry of entries) {
    const { requestKey } = entry;
    const made = requestKey === undefined ? undefined : known.get(requestedKey({ ...entry, requestKey }));
    if (!made) continue;
    const as = made.isControl ? 'control' : 'active';
    outcomes.set(entry, { entered: true, enrolmentId: made.enrolmentId, as, before: true });
  }
}

/** The latest versions of the journeys, by journey; entries into journeys that let nobody in are refused. */
async function versionsOf(
  { book }: Moving,
  tx: Queryable,
  entries: readonly Entry[],
  states: ReadonlyMap<string, JourneyState>,
  outcomes: Map<Entry, EntryOutcome>,
): Promise<Map<string, CompiledVersion>> {
  const versions = new Map<string, CompiledVersion>();
  for (const entry of entries) {
    const state = states.get(entry.journeyId);
    const opened = entry.isTest ? state?.status !== 'archived' : state?.status === 'active';
    const version = opened ? state?.version : null;
    const compiled =
      versions.get(entry.journeyId) ??
      (version == null ? undefined : await book.readable(tx, entry.brandId, entry.journeyId, version));
    if (compiled && opened) versions.set(entry.journeyId, compiled);
    else outcomes.set(entry, refused('journey_not_active'));
  }
  return versions;
}

type Verdict =
  | { readonly ok: true; readonly as: 'active' | 'control'; readonly entryKey: string }
  | { readonly ok: false; readonly because: NotEntered };

async function judgeOf(
  tx: Queryable,
  entries: readonly Entry[],
  versions: ReadonlyMap<string, CompiledVersion>,
  people: People,
): Promise<(entry: Entry, compiled: CompiledVersion) => Verdict> {
  const ruled = entries.filter(({ isTest }) => !isTest);
  const history = ruled.length === 0 ? new Map<string, History>() : await findHistory(tx, ruled);
  const capped = [...versions.values()].filter(({ journey }) => journey.settings.entryCap !== null);
  const counts = await findEntries(
    tx,
    capped.map(({ journeyId }) => journeyId),
  );
  return (entry, { journey }) => {
    const { playerId, journeyId } = entry;
    if (people.known(playerId)?.selfExcludedUntil) return { ok: false, because: 'self_excluded' };
    if (entry.isTest) return { ok: true, as: 'active', entryKey: '' };
    const before = history.get(pairKey(entry));
    const decision = mayEnter(
      journey,
      {
        playerId,
        inside: before?.inside ?? false,
        lastEnteredAt: before?.lastEnteredAt.getTime() ?? null,
      },
      counts.get(journeyId) ?? 0,
      entryTime(entry, people.now),
      people.timeZone,
    );
    if (!decision.enters) return { ok: false, because: decision.because };
    return { ok: true, as: decision.as, entryKey: decision.entryKey };
  };
}

const entryTime = ({ at }: Entry, now: Millis): Millis => Math.min(at.getTime(), now);

function begin(
  entry: Entry,
  compiled: CompiledVersion,
  states: ReadonlyMap<string, JourneyState>,
  people: People,
  { as, entryKey }: Extract<Verdict, { ok: true }>,
): Entrant {
  const { brandId, journeyId, playerId, playerExternalId, event } = entry;
  const entrant = { enrolmentId: newId(), playerId, as, at: entryTime(entry, people.now), event };
  const held = states.get(journeyId)?.held ?? null;
  const advanced = enrol(compiled.journey, entrant, people.situation(playerId, held));
  const stored: Stored = {
    ...{ brandId, journeyId, playerExternalId, version: compiled.version },
    ...{ isTest: entry.isTest ?? false, keeps: false, enrolment: advanced.enrolment },
  };
  return {
    ...{ entry, compiled, advanced },
    newcomer: { stored, entryKey, requestKey: entry.requestKey ?? null },
  };
}

/** @returns those that are there, and stay; the others are refused. */
async function insertEntrants(
  tx: Queryable,
  entrants: readonly Entrant[],
  outcomes: Map<Entry, EntryOutcome>,
): Promise<Entrant[]> {
  const inserted = await insertStored(
    tx,
    entrants.map(({ newcomer }) => newcomer),
  );
  const there: Entrant[] = [];
  for (const entrant of entrants) {
    if (inserted.has(entrant.advanced.enrolment.id)) there.push(entrant);
    else outcomes.set(entrant.entry, refused(overtakenBy(entrant)));
  }
  const staying = await withinCaps(tx, there, outcomes);
  for (const { entry, advanced } of staying) {
    const as = advanced.enrolment.status === 'control' ? 'control' : 'active';
    outcomes.set(entry, { entered: true, enrolmentId: advanced.enrolment.id, as, before: false });
  }
  return staying;
}

/** Another entry of the player was there first, and so decides by the same rule. */
function overtakenBy({ compiled }: Entrant): EntryRefusal {
  const { rule } = compiled.journey.settings.entry;
  if (rule === 'once') return 'entered_before';
  return rule === 'once_per_period' ? 'entered_in_period' : 'inside_already';
}

/** Counts come last of what is locked, journey by journey in key order. */
async function withinCaps(
  tx: Queryable,
  there: readonly Entrant[],
  outcomes: Map<Entry, EntryOutcome>,
): Promise<Entrant[]> {
  const counted = there.filter(isCounted);
  const surplus = new Set<Entrant>();
  const byJourney = [...Map.groupBy(counted, ({ entry }) => entry.journeyId)];
  for (const [journeyId, some] of byJourney.sort(([a], [b]) => (a < b ? -1 : 1))) {
    const cap = some[0]?.compiled.journey.settings.entryCap ?? 0;
    const places = await takePlaces(tx, journeyId, some.length, cap);
    for (const entrant of some.slice(places)) surplus.add(entrant);
  }
  await deleteInserted(
    tx,
    [...surplus].map(({ advanced: { enrolment } }) => ({
      playerId: enrolment.playerId,
      enrolmentId: enrolment.id,
    })),
  );
  for (const { entry } of surplus) outcomes.set(entry, refused('cap_reached'));
  return there.filter((entrant) => !surplus.has(entrant));
}

const isCounted = ({ compiled, newcomer: { stored } }: Entrant): boolean =>
  compiled.journey.settings.entryCap !== null && !stored.isTest && stored.enrolment.status !== 'control';
