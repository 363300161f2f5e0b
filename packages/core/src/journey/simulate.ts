import type { Millis } from '../activation/index.ts';
import type { Facts } from '../rules/index.ts';
import { advance } from './advance.ts';
import { type Entrant, enrol } from './enrol.ts';
import type { NodeId } from './graph.ts';
import type { Journey } from './journey.ts';
import type { Advanced, Effect, Enrolment, Input, JourneyEvent, OutcomeInput, Situation } from './types.ts';

/** What becomes of a message or an action, so long after it was handed over. */
export interface Answer {
  readonly afterMs: Millis;
  readonly outcome: OutcomeInput['outcome'];
  readonly reason?: string;
  readonly data?: JourneyEvent['data'];
  /** What comes with it, at the same instant: the client action of a popup that is shown. */
  readonly raises?: Pick<JourneyEvent, 'source' | 'name' | 'data'>;
}

/** A player's future, made up. */
export interface Script {
  readonly playerId: string;
  readonly startsAt: Millis;
  /** What lets the player in; null for a segment, a schedule, or the API. */
  readonly event: Pick<JourneyEvent, 'source' | 'name' | 'data'> | null;
  /** Of the player, at the start: `{player: {…}}`. */
  readonly facts: Facts;
  /** IANA name of the player's zone. */
  readonly timeZone: string;
  readonly happenings: readonly Happening[];
  /** By node, one for each thing handed over there, the last for all after it. Without any, actions succeed at once and nobody answers messages. */
  readonly answers: Readonly<Record<NodeId, readonly (readonly Answer[])[]>>;
  /** Nothing is looked at from this instant on. */
  readonly until: Millis;
}

export type Happening = { readonly at: Millis } & (
  | Pick<JourneyEvent, 'source' | 'name' | 'data'>
  /** Facts are replaced as a whole. */
  | { readonly facts: Facts }
);

/** One instant at which something moved, or was ignored. */
export interface Moment extends Advanced {
  readonly at: Millis;
  /** null: time alone, or the entry. */
  readonly input: Input | null;
}

export interface Timeline {
  /** In order; the enrolment of one holds until the next. */
  readonly moments: readonly Moment[];
  readonly end: Enrolment;
  /** Whether it was stopped because too much happened. */
  readonly cut: boolean;
}

const MOST_MOMENTS = 1_000;

/** What may come next, beside time. */
type Pending = { readonly at: Millis } & ({ readonly input: Input } | { readonly facts: Facts });

/**
 * Walks a journey in made-up time: what the engine does at each instant when the world behaves as the script says.
 * Nobody is put in the control group, and no entry is refused.
 */
export function simulate(journey: Journey, script: Script): Timeline {
  const { startsAt, until, timeZone } = script;
  const answersTo = answersOf(script);
  const moments: Moment[] = [];
  let { facts } = script;
  let pending = inTime(script.happenings.map(pendingOf));
  const situationAt = (now: Millis): Situation => ({ now, facts, timeZone, held: null });
  const note = (at: Millis, input: Input | null, advanced: Advanced): Enrolment => {
    moments.push({ at, input, ...advanced });
    pending = inTime([...pending, ...advanced.effects.flatMap(answersTo)]);
    return advanced.enrolment;
  };
  let enrolment = note(startsAt, null, enrol(journey, entrantOf(script), situationAt(startsAt)));
  while (moments.length < MOST_MOMENTS) {
    const next = pending[0];
    const { wakeAt } = enrolment;
    const timeAlone = wakeAt !== null && (!next || wakeAt <= next.at);
    const at = timeAlone ? wakeAt : next?.at;
    if (at === undefined || at >= until) return { moments, end: enrolment, cut: false };
    const taken = timeAlone ? null : (pending.shift() ?? null);
    if (taken && 'facts' in taken) {
      facts = taken.facts;
      continue;
    }
    const inputs = taken ? [taken.input] : [];
    enrolment = note(at, taken?.input ?? null, advance(journey, enrolment, inputs, situationAt(at)));
  }
  return { moments, end: enrolment, cut: true };
}

const inTime = (pending: readonly Pending[]): Pending[] => pending.toSorted((a, b) => a.at - b.at);

const entrantOf = ({ playerId, startsAt, event }: Script): Entrant => ({
  enrolmentId: 'simulation',
  playerId,
  as: 'active',
  at: startsAt,
  event: event && { ...event, id: 'trigger', at: startsAt },
});

function pendingOf(happening: Happening, index: number): Pending {
  const { at } = happening;
  if ('facts' in happening) return { at, facts: happening.facts };
  const { source, name, data } = happening;
  return { at, input: { kind: 'event', event: { id: `happening-${index}`, source, name, data, at } } };
}

const DONE: readonly Answer[] = [{ afterMs: 0, outcome: 'success' }];

/** What the script answers to what is handed over, each node's answers in their order. */
function answersOf({ answers }: Script): (effect: Effect) => Pending[] {
  const given = new Map<NodeId, number>();
  return ({ kind, nodeId, seq, at }) => {
    const told = Object.hasOwn(answers, nodeId) ? (answers[nodeId] ?? []) : [];
    const turn = given.get(nodeId) ?? 0;
    given.set(nodeId, turn + 1);
    const chosen = told[Math.min(turn, told.length - 1)] ?? (kind === 'action' ? DONE : []);
    return chosen.flatMap((answer) => pendingAnswer(answer, seq, at + answer.afterMs));
  };
}

function pendingAnswer({ outcome, reason, data, raises }: Answer, seq: number, at: Millis): Pending[] {
  const answered: Pending = { at, input: { kind: 'outcome', seq, outcome, at, reason, data } };
  if (!raises) return [answered];
  const event: JourneyEvent = { ...raises, id: `raised-${seq}-${outcome}`, at };
  return [answered, { at, input: { kind: 'event', event } }];
}
