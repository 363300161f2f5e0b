import { nextTime, parseCron } from '@promosmith/core/journey';
import { dateFormat } from '../../../../texts/index.ts';

const SHOWN = 3;

/** The next times of a cron by the brand's clock, in words; none when it is no cron. */
export function nextTimes(text: string, from: number, timeZone: string): readonly string[] {
  const read = parseCron(text);
  if (!read.ok) return [];
  const format = dateFormat({
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    hour: '2-digit',
    minute: '2-digit',
    timeZone,
  });
  const times: string[] = [];
  for (let at = nextTime(read.cron, from, timeZone); at !== null && times.length < SHOWN; ) {
    times.push(format.format(at));
    at = nextTime(read.cron, at, timeZone);
  }
  return times;
}
