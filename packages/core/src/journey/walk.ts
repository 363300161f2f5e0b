import type { Millis } from '../activation/index.ts';
import { type Facts, passes } from '../rules/index.ts';
import { type Activity, activityOf, type Journey } from './journey.ts';
import type {
  Advanced,
  Cause,
  Effect,
  Enrolment,
  EnrolmentEnd,
  EnrolmentStatus,
  Ignored,
  IgnoredBecause,
  Input,
  JourneyEvent,
  Situation,
  Step,
  WaitingFor,
} from './types.ts';

type Writable<T> = { -readonly [Key in keyof T]: T[Key] };

/** An enrolment being moved. The draft is this walk's own; everything it holds is shared and never written to. */
export interface Walk {
  readonly journey: Journey;
  readonly situation: Situation;
  readonly enrolment: Writable<Enrolment>;
  activity: Activity;
  readonly steps: Step[];
  readonly effects: Effect[];
  readonly ignored: Ignored[];
}

/** How a visit is left. */
export interface Departure {
  readonly at: Millis;
  readonly cause: Cause;
  /** null: by none, and the enrolment is over. */
  readonly connector: string | null;
  readonly reason?: string | undefined;
}

/** What a visit that stays needs to go on. */
export interface Stay {
  readonly waitingFor: WaitingFor;
  /** When time alone moves it on; null when it does not. */
  readonly wakeAt: Millis | null;
}

export const walkOf = (journey: Journey, enrolment: Enrolment, situation: Situation): Walk => ({
  journey,
  situation,
  enrolment: { ...enrolment },
  activity: activityOf(journey, enrolment.nodeId),
  steps: [],
  effects: [],
  ignored: [],
});

export function advancedBy(walk: Walk): Advanced {
  const { enrolment, steps, effects, ignored } = walk;
  enrolment.waits = waitsOf(walk);
  return { enrolment, steps, effects, ignored };
}

/** What events may mean something to the enrolment: the one it waits for, and the goal while it counts. */
function waitsOf({ enrolment, journey, activity }: Walk): readonly string[] {
  const waits: string[] = [];
  if (enrolment.waitingFor === 'event' && activity.match) waits.push(activity.match.key);
  const goal = enrolment.goalUntil === null ? undefined : journey.goal?.match.key;
  if (goal !== undefined && !waits.includes(goal)) waits.push(goal);
  return waits;
}

export const isConnected = ({ activity }: Walk, connector: string): boolean => activity.exits.has(connector);

export function ignore(walk: Walk, input: Input, because: IgnoredBecause): null {
  walk.ignored.push({ input, because });
  return null;
}

/** What rules may ask at an instant of the walk. */
export const factsAt = ({ situation, enrolment }: Walk, at: Millis): Facts => ({
  ...situation.facts,
  now: new Date(at),
  event: enrolment.event?.data,
  events: enrolment.events,
});

/** An event, or what an action returned, from now on known by the node. */
export function remember(walk: Walk, data: JourneyEvent['data']): void {
  const { enrolment } = walk;
  enrolment.events = { ...enrolment.events, [enrolment.nodeId]: data };
}

export function stay(walk: Walk, { waitingFor, wakeAt }: Stay): null {
  walk.enrolment.waitingFor = waitingFor;
  walk.enrolment.wakeAt = wakeAt;
  return null;
}

/** The instant something counts as done: what came in a pause, and was due in one, is done at its end. */
export function effectiveTime(at: Millis, { held }: Situation): Millis {
  return held && at >= held.from && at < held.until ? held.until : at;
}

/** Writes the visit down as left and begins the one its connector leads to; or ends the enrolment, where it leads nowhere. */
export function leave(walk: Walk, departure: Departure): void {
  const { at, connector } = departure;
  const target = connector === null ? undefined : walk.activity.exits.get(connector);
  if (target === undefined) {
    const exited = walk.activity.node.kind === 'exit';
    const reason = exited ? 'exit_reached' : connector === null ? 'handed_over' : 'path_ended';
    end(walk, departure, 'completed', reason);
    return;
  }
  const { exitWhen } = walk.journey;
  if (exitWhen && passes(exitWhen, factsAt(walk, at))) {
    end(walk, departure, 'exited', 'exit_rule');
    return;
  }
  record(walk, departure, target);
  beginVisit(walk, target, at);
}

/** Makes a node the one that is visited. What it does there is not its concern. */
export function beginVisit(walk: Walk, nodeId: string, at: Millis): void {
  const { enrolment } = walk;
  walk.activity = activityOf(walk.journey, nodeId);
  enrolment.nodeId = nodeId;
  enrolment.seq += 1;
  enrolment.visitBegan = at;
  enrolment.waitingFor = null;
  enrolment.wakeAt = null;
  enrolment.shownAt = null;
}

/** Leaves the visit, and the journey with it. */
export function end(
  walk: Walk,
  departure: Departure,
  status: Exclude<EnrolmentStatus, 'active' | 'control'>,
  reason: EnrolmentEnd['reason'],
): void {
  const { enrolment } = walk;
  record(walk, departure, null);
  enrolment.status = status;
  enrolment.waitingFor = null;
  enrolment.wakeAt = null;
  enrolment.end = { at: departure.at, nodeId: enrolment.nodeId, reason, connector: departure.connector };
}

export function record(walk: Walk, departure: Departure, toNodeId: string | null): void {
  const { id, seq, nodeId, visitBegan, shownAt } = walk.enrolment;
  walk.steps.push({
    enrolmentId: id,
    seq,
    nodeId,
    kind: walk.activity.node.kind,
    began: visitBegan,
    shownAt,
    left: departure.at,
    cause: departure.cause,
    connector: departure.connector,
    reason: departure.reason ?? null,
    toNodeId,
  });
}

/** What every effect of the visit carries. */
export function effectOf({ enrolment }: Walk, at: Millis) {
  const { id, seq, playerId, nodeId, event, events } = enrolment;
  return { key: `${id}:${seq}`, enrolmentId: id, seq, playerId, nodeId, at, event, events };
}
