import type { Millis } from '../../activation/index.ts';
import { isFinal, MESSAGE_OUTCOMES, type MessageOutcome } from '../connectors.ts';
import { DEFAULT_VALIDITY_MS, type MessageNode } from '../graph.ts';
import { concerns, quietUntil } from '../quiet-hours.ts';
import type { OutcomeInput } from '../types.ts';
import { type Departure, effectOf, ignore, isConnected, stay, type Walk } from '../walk.ts';

/**
 * Hands the message over, unless the player sleeps: whether that is so is asked of the present, as the message would
 * go out now, however long ago the visit began.
 *
 * @param at when it was due: its validity counts from then
 */
export function sendMessage(walk: Walk, node: MessageNode, at: Millis): Departure | null {
  const { now, timeZone } = walk.situation;
  const { quietHours } = walk.journey.settings;
  if (!node.sendInQuietHours && concerns(quietHours, node.kind)) {
    const quietEnd = quietUntil(now, quietHours, timeZone);
    if (quietEnd !== null) return stay(walk, { waitingFor: 'quiet_end', wakeAt: quietEnd });
  }
  const expiresAt = at + (node.expiresAfterMs ?? DEFAULT_VALIDITY_MS);
  // Nobody could answer it any more, so nobody is bothered with it: it expires like one that was sent.
  if (expiresAt <= now) return stay(walk, { waitingFor: 'outcome', wakeAt: expiresAt });
  walk.effects.push({
    kind: 'message',
    channel: node.kind,
    contentId: node.contentId ?? '',
    expiresAt,
    ...effectOf(walk, at),
  });
  if (walk.activity.exits.size === 0) return { at, cause: 'node', connector: null };
  return stay(walk, { waitingFor: 'outcome', wakeAt: expiresAt });
}

/** The first outcome that is connected decides; so does one after which none can come. */
export function messageOutcome(walk: Walk, input: OutcomeInput, at: Millis): Departure | null {
  const outcome = MESSAGE_OUTCOMES.find((known) => known === input.outcome);
  if (!outcome) return ignore(walk, input, 'not_awaited');
  const departure = { at, cause: outcome === 'expired' ? 'time' : 'outcome', reason: input.reason } as const;
  if (isConnected(walk, outcome)) return { ...departure, connector: outcome };
  // Only what is seen can be clicked: its impression is still on its way, or was never told.
  if (SEEN.has(outcome) && isConnected(walk, 'impression')) return { ...departure, connector: 'impression' };
  if (isFinal(outcome)) return { ...departure, connector: outcome };
  walk.enrolment.shownAt ??= at;
  return ignore(walk, input, 'noted');
}

const SEEN: ReadonlySet<MessageOutcome> = new Set(['clicked', 'dismissed']);
