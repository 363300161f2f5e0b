import type { Millis } from '../activation/index.ts';
import { connectorsOf } from './connectors.ts';
import { matches } from './events.ts';
import { isMessage } from './graph.ts';
import type { Journey } from './journey.ts';
import type { Advanced, Enrolment, Input, Situation } from './types.ts';
import { actionOutcome, startAction } from './visits/actions.ts';
import { choose, decide } from './visits/choices.ts';
import { messageOutcome, sendMessage } from './visits/messages.ts';
import { eventHappened, startDelay, startWait } from './visits/waits.ts';
import { advancedBy, type Departure, effectiveTime, end, ignore, leave, type Walk, walkOf } from './walk.ts';

/** Visits that may follow each other without one that takes time, and visits that time may move on in one call. */
export const MOST_VISITS = 100;

/**
 * Moves an enrolment on by what happened to it, and by time: by time alone when there are no inputs. Inputs are taken by
 * their own times, in the order given where those are equal; before each of them comes what was due until then, and
 * after all of them what is due by now. So an event from before a deadline beats the deadline when both are looked at
 * together, and an instant belongs to the deadline.
 *
 * Nothing is done twice: the effects carry the key of their visit, and an input about a visit that was left, or that
 * means nothing to it, is ignored, with the reason. Pure: the same arguments give the same result.
 *
 * @throws Error when the enrolment's node is not in the journey: it belongs to another version
 */
export function advance(
  journey: Journey,
  enrolment: Enrolment,
  inputs: readonly Input[],
  situation: Situation,
): Advanced {
  const walk = walkOf(journey, enrolment, situation);
  const { now } = situation;
  for (const input of inOrder(inputs)) {
    const at = Math.min(timeOf(input), now);
    const departure = passTime(walk, at) ? apply(walk, input, at) : ignore(walk, input, 'behind');
    if (departure) follow(walk, departure);
  }
  passTime(walk, now);
  return advancedBy(walk);
}

const timeOf = (input: Input): Millis => (input.kind === 'event' ? input.event.at : input.at);

const inOrder = (inputs: readonly Input[]): readonly Input[] =>
  inputs.length < 2 ? inputs : inputs.toSorted((a, b) => timeOf(a) - timeOf(b));

/** What was due until an instant, each at its own. False when that is too much at once: the next call goes on. */
function passTime(walk: Walk, until: Millis): boolean {
  const { enrolment, situation } = walk;
  const most = walk.steps.length + MOST_VISITS;
  while (enrolment.wakeAt !== null && enrolment.wakeAt <= until) {
    if (walk.steps.length >= most) return false;
    const departure = wake(walk, effectiveTime(enrolment.wakeAt, situation));
    if (departure) follow(walk, departure);
  }
  return true;
}

function wake(walk: Walk, at: Millis): Departure | null {
  const { node } = walk.activity;
  if (walk.enrolment.waitingFor === 'quiet_end' && isMessage(node)) return sendMessage(walk, node, at);
  const connector = isMessage(node) ? 'expired' : node.kind === 'wait_event' ? 'timed_out' : 'next';
  return { at, cause: 'time', connector };
}

function apply(walk: Walk, input: Input, at: Millis): Departure | null {
  const { enrolment, situation } = walk;
  const effective = Math.max(effectiveTime(at, situation), enrolment.visitBegan);
  if (input.kind === 'event') {
    if (input.event.id === enrolment.event?.id) return ignore(walk, input, 'moved_it_before');
    reachGoal(walk, input, at);
  }
  if (enrolment.status !== 'active') return ignore(walk, input, 'enrolment_over');
  switch (input.kind) {
    case 'event':
      return eventHappened(walk, input, effectiveTime(at, situation));
    case 'outcome':
      return outcomeOf(walk, input, effective);
    case 'skip':
      return skip(walk, input, effective);
    case 'exit':
      end(walk, { at: effective, cause: 'exit', connector: null }, 'exited', input.reason);
      return null;
  }
}

function outcomeOf(walk: Walk, input: Extract<Input, { kind: 'outcome' }>, at: Millis): Departure | null {
  const { enrolment, activity } = walk;
  if (input.seq !== enrolment.seq) return ignore(walk, input, 'other_visit');
  if (enrolment.waitingFor !== 'outcome') return ignore(walk, input, 'not_awaited');
  return isMessage(activity.node) ? messageOutcome(walk, input, at) : actionOutcome(walk, input, at);
}

function skip(walk: Walk, input: Extract<Input, { kind: 'skip' }>, at: Millis): Departure | null {
  const { seq, connector, reason } = input;
  if (seq !== walk.enrolment.seq) return ignore(walk, input, 'other_visit');
  if (!connectorsOf(walk.activity.node).includes(connector)) return ignore(walk, input, 'not_awaited');
  return { at, cause: 'staff', connector, reason };
}

function reachGoal(walk: Walk, { event }: Extract<Input, { kind: 'event' }>, at: Millis): void {
  const { enrolment, journey, situation } = walk;
  const { goal } = journey;
  if (!goal || enrolment.goalUntil === null || at < enrolment.enteredAt || at >= enrolment.goalUntil) return;
  if (!matches(goal.match, event, situation.facts, enrolment.events)) return;
  enrolment.convertedAt = at;
  enrolment.goalUntil = null;
  if (!goal.exitOnGoal || enrolment.status !== 'active') return;
  const left = Math.max(effectiveTime(at, situation), enrolment.visitBegan);
  end(walk, { at: left, cause: 'event', connector: null }, 'exited', 'goal_reached');
}

/** Leaves the visit, and goes on until one takes time. */
export function follow(walk: Walk, departure: Departure): void {
  const most = walk.steps.length + MOST_VISITS;
  leave(walk, departure);
  while (walk.enrolment.status === 'active') {
    const next = visit(walk, walk.enrolment.visitBegan);
    if (!next) return;
    if (walk.steps.length >= most) {
      end(walk, next, 'failed', 'too_many_visits');
      return;
    }
    leave(walk, next);
  }
}

/** What a node does when a visit of it begins: how it is left at once, or null when it stays. */
export function visit(walk: Walk, at: Millis): Departure | null {
  const { node } = walk.activity;
  switch (node.kind) {
    case 'trigger':
      return { at, cause: 'node', connector: 'next' };
    case 'delay':
      return startDelay(walk, node, at);
    case 'wait_event':
      return startWait(walk, node, at);
    case 'condition':
      return decide(walk, at);
    case 'split':
      return choose(walk, node, at);
    case 'webhook':
    case 'give_bonus':
    case 'send_code':
    case 'change_property':
      return startAction(walk, node, at);
    case 'exit':
      return { at, cause: 'node', connector: null };
    default:
      return sendMessage(walk, node, at);
  }
}
