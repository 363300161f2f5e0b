import type { CampaignDefinition } from '@promosmith/contract';
import type { FieldError } from '@promosmith/core';

type Schedule = CampaignDefinition['schedule'];

const DAY = 24 * 60;

/** Why a schedule can never be kept: an end before its start, the same weekday twice, hours that are empty or overlap. */
export function scheduleFaults({ startsAt, endsAt, weekdays = [], hours = [] }: Schedule): FieldError[] {
  const faults: FieldError[] = [];
  if (startsAt && endsAt && Date.parse(endsAt) <= Date.parse(startsAt))
    faults.push({ field: 'schedule.endsAt', reason: `is not after the start, ${startsAt}` });
  for (const [at, day] of weekdays.entries())
    if (weekdays.indexOf(day) !== at)
      faults.push({ field: `schedule.weekdays.${at}`, reason: `day ${day} is named already` });
  return [...faults, ...hourFaults(hours)];
}

function hourFaults(hours: NonNullable<Schedule['hours']>): FieldError[] {
  return hours.flatMap(({ from, to }, at) => {
    const field = `schedule.hours.${at}`;
    if (from === to) return [{ field, reason: 'is empty', fix: 'for a whole day write 00:00 to 24:00' }];
    if (from === '24:00') return [{ field: `${field}.from`, reason: 'a day begins at 00:00' }];
    const earlier = hours.slice(0, at).findIndex((other) => overlap({ from, to }, other));
    if (earlier < 0) return [];
    return [{ field, reason: `overlaps schedule.hours.${earlier}`, fix: 'write the two as one' }];
  });
}

type Hours = { from: string; to: string };

/** `to` before `from` runs past midnight, so such a span is two: until midnight, and from it. */
function spansOf({ from, to }: Hours): [number, number][] {
  const [start, end] = [minutes(from), minutes(to)];
  return end > start
    ? [[start, end]]
    : [
        [start, DAY],
        [0, end],
      ];
}

const overlap = (one: Hours, other: Hours): boolean =>
  spansOf(one).some(([start, end]) => spansOf(other).some(([from, to]) => start < to && from < end));

const minutes = (clock: string): number => Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3));
