import type { Millis } from '../activation/index.ts';
import type { MessageKind, QuietHours } from './graph.ts';
import { instantOn, minutesOf, wallClock } from './local-time.ts';

/**
 * When the quiet hours that an instant falls into end: the next time the player's clock shows their end, or skips it.
 * null when a message may be sent at once.
 *
 * @param timeZone IANA name of the player's zone
 * @throws RangeError for a zone that is none
 */
export function quietUntil(at: Millis, { from, to }: QuietHours, timeZone: string): Millis | null {
  const clock = wallClock(at, timeZone);
  const now = clock.hour * 60 + clock.minute;
  const start = minutesOf(from);
  const end = minutesOf(to);
  const overMidnight = end <= start;
  const quiet = overMidnight ? now >= start || now < end : now >= start && now < end;
  if (!quiet) return null;
  const today = clock.toPlainDate();
  const lastDay = overMidnight && now >= start ? today.add({ days: 1 }) : today;
  return instantOn(lastDay, end, timeZone, at) ?? null;
}

/** Whether messages of a channel wait in them. */
export const concerns = (hours: QuietHours | null, channel: MessageKind): hours is QuietHours =>
  hours?.channels.includes(channel) ?? false;
