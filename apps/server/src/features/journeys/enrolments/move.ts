import { type Advanced, advance, type Enrolment, type Input, type Situation } from '@promosmith/core/journey';
import type { Queryable } from '../../../platform/db.ts';
import type { NewEvent } from '../../../platform/outbox.ts';
import type { Brands } from '../../brands/index.ts';
import type { Book, CompiledVersion } from '../definitions/book.ts';
import { loadPeople, needsOf } from './people.ts';
import { type Change, recordChanges } from './record.ts';
import { type JourneyState, readJourneys } from './store/journeys.ts';
import { lockStored, type Stored } from './store/stored.ts';
import { type KeptInput, keepInputs, takeKept } from './store/traces.ts';
import type { Delivered, Delivery, EnrolmentKey, Moved } from './types.ts';

export interface Moving {
  readonly book: Book;
  readonly brands: Brands;
  /** Told when something is to be done outside, before its transaction has ended. */
  readonly onEffects: () => void;
}

/** What one enrolment is moved by. */
interface Work {
  readonly stored: Stored;
  readonly state: JourneyState;
  readonly compiled: CompiledVersion | null;
  readonly inputs: readonly Input[];
}

/** Moves enrolments by what happened to them, each once for all its inputs. */
export async function move(moving: Moving, tx: Queryable, deliveries: readonly Delivery[]): Promise<Moved> {
  const inputs = Map.groupBy(deliveries, ({ enrolmentId }) => enrolmentId);
  const keys = [...inputs.values()].flatMap(([first]) => (first ? [first] : []));
  const stored = await lockStored(tx, keys);
  const { told, events } = await walk(moving, tx, stored, (id) => inputs.get(id)?.map(({ input }) => input));
  return { outcomes: deliveries.map(({ input }) => told.get(input) ?? 'gone'), events };
}

/**
 * Moves those enrolments that time moves, or that inputs are kept for, and that nobody else has locked.
 * @returns how many there were.
 */
export async function moveDue(
  moving: Moving,
  tx: Queryable,
  keys: readonly EnrolmentKey[],
): Promise<{ moved: number; events: NewEvent[] }> {
  const stored = await lockStored(tx, keys, 'due');
  const { events } = await walk(moving, tx, stored, () => undefined);
  return { moved: stored.length, events };
}

interface Walked {
  readonly told: Map<Input, Delivered>;
  readonly events: NewEvent[];
}

async function walk(
  moving: Moving,
  tx: Queryable,
  stored: readonly Stored[],
  inputsOf: (enrolmentId: string) => readonly Input[] | undefined,
): Promise<Walked> {
  const told = new Map<Input, Delivered>();
  const [first] = stored;
  if (!first) return { told, events: [] };
  const given: Omit<Work, 'state'>[] = [];
  for (const one of stored) {
    const inputs = inputsOf(one.enrolment.id) ?? [];
    given.push({ stored: one, inputs, compiled: await readable(moving.book, tx, one, inputs) });
  }
  const [states, people] = await Promise.all([
    readJourneys(tx, stored, 'as they are'),
    loadPeople(tx, moving.brands, first.brandId, given.flatMap(playerAskedFor)),
  ]);
  const { moved, kept } = sortOut(
    given.map((work): Work => {
      const { journeyId } = work.stored;
      const state = states.get(journeyId);
      if (!state) throw new Error(`there is no journey ${journeyId}`);
      return { ...work, state };
    }),
  );
  const before = await takeKept(tx, moved.filter(({ stored: { keeps } }) => keeps).map(keyOf));
  const changes: Change[] = [];
  const keeping: KeptInput[] = [];
  for (const work of moved) {
    const { enrolment } = work.stored;
    const situation = people.situation(enrolment.playerId, work.state.held);
    const done = advanceBy(work, before.get(enrolment.id) ?? [], situation, told);
    keeping.push(...done.behind.map((input) => ({ ...keyOf(work), input })));
    changes.push(done.change);
  }
  for (const work of kept) {
    for (const input of work.inputs) {
      told.set(input, 'kept');
      keeping.push({ ...keyOf(work), input });
    }
    const { stored: of } = work;
    changes.push({
      before: of,
      after: { ...of, keeps: of.keeps || work.inputs.length > 0 },
      steps: [],
      effects: [],
    });
  }
  const events = await recordChanges(tx, changes);
  await keepInputs(tx, keeping);
  if (changes.some(({ effects }) => effects.length > 0)) moving.onEffects();
  return { told, events };
}

const keyOf = ({ stored: { enrolment } }: Work): EnrolmentKey => ({
  playerId: enrolment.playerId,
  enrolmentId: enrolment.id,
});

const playerAskedFor = ({ stored: { enrolment }, compiled }: Omit<Work, 'state'>): string[] =>
  compiled && needsOf(compiled.journey).player ? [enrolment.playerId] : [];

/**
 * The version an enrolment walks; null when this release can't read it: then inputs are kept for one that can.
 * @throws when there is nothing to keep: who looks for what is due then leaves the enrolment out.
 */
async function readable(
  book: Book,
  tx: Queryable,
  { brandId, journeyId, version }: Stored,
  inputs: readonly Input[],
): Promise<CompiledVersion | null> {
  const found = await book.readable(tx, brandId, journeyId, version);
  if (!found && inputs.length === 0)
    throw new Error(`version ${version} of journey ${journeyId} can't be walked`);
  return found ?? null;
}

/** A paused journey keeps what happens, but for what takes a player out: that is at once. */
function sortOut(works: readonly Work[]): { moved: Work[]; kept: Work[] } {
  const moved: Work[] = [];
  const kept: Work[] = [];
  for (const work of works) {
    const holds = work.state.status === 'paused' && work.stored.enrolment.status === 'active';
    const keeps = !work.compiled || (holds && !work.inputs.some(isExit));
    (keeps ? kept : moved).push(work);
  }
  return { moved, kept };
}

const isExit = ({ kind }: Input): boolean => kind === 'exit';

/**
 * @param kept what came before, and is still to be done.
 * @param told what becomes of each input is added to it.
 */
function advanceBy(
  { stored, state, compiled, inputs }: Work,
  kept: readonly Input[],
  situation: Situation,
  told: Map<Input, Delivered>,
): { change: Change; behind: Input[] } {
  if (!compiled) throw new Error('what is moved has a version');
  const exit = stored.enrolment.status === 'active' ? exitOf(state, inputs, situation) : undefined;
  for (const input of inputs) told.set(input, exit ? 'enrolment_over' : 'moved');
  if (exit) told.set(exit, 'moved');
  const done: Advanced = exit
    ? advance(compiled.journey, withoutTimer(stored.enrolment), [exit], situation)
    : advance(compiled.journey, stored.enrolment, [...kept, ...inputs], situation);
  const behind: Input[] = [];
  for (const { input, because } of done.ignored) {
    told.set(input, because === 'behind' ? 'kept' : because);
    if (because === 'behind') behind.push(input);
  }
  const after = { ...stored, keeps: behind.length > 0, enrolment: done.enrolment };
  return { change: { before: stored, after, steps: done.steps, effects: done.effects }, behind };
}

/** What takes an enrolment out. Who is still inside an archived journey is out with the next thing that happens. */
function exitOf({ status }: JourneyState, inputs: readonly Input[], { now }: Situation): Input | undefined {
  const given = inputs.find(isExit);
  return given ?? (status === 'archived' ? { kind: 'exit', reason: 'journey_archived', at: now } : undefined);
}

/** Who is taken out is so before anything else is done, however late that is. */
const withoutTimer = (enrolment: Enrolment): Enrolment => ({ ...enrolment, wakeAt: null });
