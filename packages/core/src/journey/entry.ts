import { localClock, type Millis } from '../activation/index.ts';
import { bucketOf } from './bucket.ts';
import type { JourneySettings } from './graph.ts';
import type { Journey } from './journey.ts';

/** What is known of a player who might enter a journey, whatever its version. */
export interface EntryHistory {
  readonly playerId: string;
  /** Whether an enrolment of the player is active. */
  readonly inside: boolean;
  /** When the player last entered, or was put into the control group; null: never. */
  readonly lastEnteredAt: Millis | null;
}

export type EntryRefusal = 'inside_already' | 'entered_before' | 'entered_in_period' | 'cap_reached';

export type EntryDecision =
  | {
      readonly enters: true;
      readonly as: 'active' | 'control';
      /** At most one enrolment of the player and journey has it: `entryKey`. */
      readonly entryKey: string;
    }
  | { readonly enters: false; readonly because: EntryRefusal };

/**
 * Whether a player may enter at an instant, and as what. That the journey is active is asked elsewhere.
 *
 * @param entries enrolments there ever were, without the control group
 * @param timeZone IANA name of the brand's zone, whose days, weeks and months periods are
 */
export function mayEnter(
  { id, settings }: Pick<Journey, 'id' | 'settings'>,
  { playerId, inside, lastEnteredAt }: EntryHistory,
  entries: number,
  at: Millis,
  timeZone: string,
): EntryDecision {
  const { entry, entryCap } = settings;
  const entryKey = entryKeyOf(entry, at, timeZone);
  if (inside) return { enters: false, because: 'inside_already' };
  if (lastEnteredAt !== null && entry.rule === 'once') return { enters: false, because: 'entered_before' };
  if (
    lastEnteredAt !== null &&
    entry.rule === 'once_per_period' &&
    entryKeyOf(entry, lastEnteredAt, timeZone) === entryKey
  )
    return { enters: false, because: 'entered_in_period' };
  if (isControl(id, settings, playerId)) return { enters: true, as: 'control', entryKey };
  if (entryCap !== null && entries >= entryCap) return { enters: false, because: 'cap_reached' };
  return { enters: true, as: 'active', entryKey };
}

/**
 * What is unique among the enrolments of one player and journey: `once`, the period (`2026-11-22`, `2026-W47`,
 * `2026-11`), or the instant where players may enter again and again.
 */
function entryKeyOf(entry: JourneySettings['entry'], at: Millis, timeZone: string): string {
  switch (entry.rule) {
    case 'once':
      return 'once';
    case 'once_per_period':
      return localClock(at, timeZone)[entry.period];
    case 'whenever_outside':
      return String(at);
  }
}

/** Whether the player is one of those who are recorded and never walk: always the same ones. */
const isControl = (id: string, { controlBps }: JourneySettings, playerId: string): boolean =>
  controlBps > 0 && bucketOf(id, '', playerId) < controlBps;
