import type { Answer } from '../../../api/index.ts';

export type Cap = Answer<'getChannelCaps'>['items'][number];

export const CHANNELS = [
  ...(['popup', 'inbox', 'email', 'push', 'telegram', 'sms'] as const),
] satisfies Cap['channel'][];
export const PERIODS = ['day', 'week', 'month'] as const satisfies Cap['period'][];

/** A cap of each channel and period, or an empty field for none. */
export type Grid = Record<Cap['channel'], Record<Cap['period'], number | ''>>;

export function gridOf(caps: readonly Cap[]): Grid {
  const most = (channel: Cap['channel'], period: Cap['period']) =>
    caps.find((cap) => cap.channel === channel && cap.period === period)?.maximum ?? '';
  const row = (channel: Cap['channel']) =>
    Object.fromEntries(PERIODS.map((period) => [period, most(channel, period)]));
  return Object.fromEntries(CHANNELS.map((channel) => [channel, row(channel)])) as Grid;
}

export const capsOf = (grid: Grid): Cap[] =>
  CHANNELS.flatMap((channel) =>
    PERIODS.flatMap((period) => {
      const maximum = grid[channel][period];
      return maximum === '' ? [] : [{ channel, period, maximum }];
    }),
  );
