import type { Millis } from '../../activation/index.ts';
import { eventKey, matches } from '../events.ts';
import type { DelayNode, WaitNode } from '../graph.ts';
import { nextLocalTime } from '../local-time.ts';
import type { Input } from '../types.ts';
import { type Departure, ignore, remember, stay, type Walk } from '../walk.ts';

/** When a delay that began at an instant is over. */
export const delayEnd = ({ delay }: DelayNode, began: Millis, timeZone: string): Millis =>
  'forMs' in delay ? began + delay.forMs : nextLocalTime(began, delay.until, timeZone);

/** When a wait that began at an instant times out; null: never. */
export const waitEnd = ({ timeoutMs }: WaitNode, began: Millis): Millis | null =>
  timeoutMs === null ? null : began + timeoutMs;

export const startDelay = (walk: Walk, node: DelayNode, at: Millis): null =>
  stay(walk, { waitingFor: 'time', wakeAt: delayEnd(node, at, walk.situation.timeZone) });

export const startWait = (walk: Walk, node: WaitNode, at: Millis): null =>
  stay(walk, { waitingFor: 'event', wakeAt: waitEnd(node, at) });

/** An event of the instant the visit began at counts: the impression that led here may have made it. */
export function eventHappened(
  walk: Walk,
  input: Extract<Input, { kind: 'event' }>,
  at: Millis,
): Departure | null {
  const { enrolment, activity, situation } = walk;
  const { event } = input;
  if (enrolment.waitingFor !== 'event' || activity.match?.key !== eventKey(event))
    return ignore(walk, input, 'not_awaited');
  if (at < enrolment.visitBegan) return ignore(walk, input, 'too_early');
  if (!matches(activity.match, event, situation.facts, enrolment.events))
    return ignore(walk, input, 'filtered');
  enrolment.event = event;
  remember(walk, event.data);
  return { at, cause: 'event', connector: 'happened' };
}
