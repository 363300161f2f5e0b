import type { Indicator } from '../indicator.ts';
import type { RiskKnown } from '../known.ts';

const EACH_FURTHER = 10;
const MOST_FURTHER = 25;

/** A family has a tablet: it holds for a person to look at, and declines nobody. */
export const deviceShared: Indicator<RiskKnown> = {
  name: 'device_shared',
  version: 1,
  points: 45,
  reach: 'hold',
  isOfHome: true,
  describe: `Another account uses the same device; ${EACH_FURTHER} points more for each further one, at most ${MOST_FURTHER}.`,
  find: ({ device }) => (device && device.others > 0 ? { others: device.others } : null),
  weigh: (points, { others }) =>
    points === 0 ? 0 : points + Math.min(MOST_FURTHER, EACH_FURTHER * (Number(others) - 1)),
};
