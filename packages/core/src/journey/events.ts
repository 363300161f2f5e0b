import { type Facts, passes, type Rule } from '../rules/index.ts';
import type { EventMatch } from './graph.ts';
import type { JourneyEvent } from './types.ts';

/** What an event is looked up by: `event:deposit.succeeded`, `client_action:CODE_IS_SHOWN`. */
export const eventKey = ({ source, name }: Pick<EventMatch, 'source' | 'name'>): string =>
  `${source}:${name}`;

/** What a trigger, wait or goal looks for, compiled. */
export interface Match {
  readonly key: string;
  readonly filter: Rule | null;
}

/**
 * Whether an event is what is looked for. What its filter can't tell is no.
 *
 * @param facts of the player; `now`, `event` and, for who is inside a journey, `events` are added
 */
export function matches(match: Match, event: JourneyEvent, facts: Facts, events: Facts = {}): boolean {
  if (match.key !== eventKey(event)) return false;
  return (
    match.filter === null ||
    passes(match.filter, { ...facts, now: new Date(event.at), event: event.data, events })
  );
}
