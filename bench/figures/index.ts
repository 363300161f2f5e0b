import type { Group } from '../bench.ts';
import { codes } from './codes.ts';
import { consoleSize, consoleSpeed } from './console.ts';
import { drop } from './drop.ts';
import { hot } from './hot.ts';
import { idle } from './idle.ts';
import { journeys } from './journeys.ts';
import { labels } from './labels.ts';
import { noop } from './noop.ts';
import { spread } from './spread.ts';
import { validation } from './validation.ts';
import { wageringGrowth, wageringIntake, wageringSingle } from './wagering.ts';
import { widgetConnections, widgetSize } from './widget.ts';

/** In the order they are measured and shown. */
export const groups: readonly Group[] = [
  codes,
  hot,
  spread,
  noop,
  idle,
  drop,
  validation,
  labels,
  journeys,
  wageringIntake,
  wageringSingle,
  wageringGrowth,
  widgetSize,
  widgetConnections,
  consoleSize,
  consoleSpeed,
];
