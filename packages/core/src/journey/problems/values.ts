import type { Millis } from '../../activation/index.ts';
import { eventKey } from '../events.ts';
import { type EventMatch, JOURNEY_LIMITS } from '../graph.ts';
import { error, type Problem } from '../problem.ts';
import type { JourneyCatalogue } from '../rules.ts';

/** A setting of a node, or of the journey. */
export interface SettingPlace {
  readonly nodeId?: string;
  readonly field: string;
}

const { shortestMs, longestMs } = JOURNEY_LIMITS;

export const within = (value: number, lowest: number, highest: number): boolean =>
  Number.isSafeInteger(value) && value >= lowest && value <= highest;

export function requiredText(at: SettingPlace, text: string | null, what: string, fix: string): Problem[] {
  if (text !== null && text.trim() !== '') return [];
  return [error('setting_missing', at, `${what} is missing.`, fix)];
}

export const requiredRule = (at: SettingPlace, rule: string): Problem[] =>
  requiredText(at, rule, 'The rule', 'Write the rule; true holds for everybody.');

/** A delay, a time-out, a validity, the window of a goal. */
export function durationProblems(at: SettingPlace, ms: Millis | null): Problem[] {
  if (ms === null || within(ms, shortestMs, longestMs)) return [];
  return [
    error(
      'setting_out_of_bounds',
      at,
      'It takes from 1 second to 365 days.',
      ms < shortestMs ? 'Make it longer.' : 'Make it shorter.',
    ),
  ];
}

/** Whether an event is chosen, and one that the brand knows. Its filter is looked at with the other rules. */
export function matchProblems(at: SettingPlace, match: EventMatch, catalogue: JourneyCatalogue): Problem[] {
  const name = { ...at, field: `${at.field}.name` };
  if (match.name === '') return requiredText(name, null, 'The event', 'Choose one.');
  const unheard = catalogue.unheardBecause?.(eventKey(match));
  if (unheard !== undefined) return [error('event_not_heard', name, unheard, 'Choose one of the list.')];
  if (catalogue.eventFields(eventKey(match)) !== undefined) return [];
  return match.source === 'event'
    ? [error('event_unknown', name, `There is no event “${match.name}”.`, 'Choose one of the list.')]
    : [
        error(
          'event_unknown',
          name,
          `The client action “${match.name}” was not seen yet.`,
          'Try it out once, or register it in the properties with “+”.',
        ),
      ];
}
