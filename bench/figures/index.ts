import type { Group } from '../bench.ts';
import { analytics } from './analytics.ts';
import { codes } from './codes.ts';
import { consoleSize, consoleSpeed } from './console.ts';
import { drop } from './drop.ts';
import { hot } from './hot.ts';
import { idle } from './idle.ts';
import { journeys } from './journeys.ts';
import { labels } from './labels.ts';
import { noop } from './noop.ts';
import { recovery } from './recovery.ts';
import { risk } from './risk.ts';
import { riskOverhead } from './risk-overhead.ts';
import { simulation } from './simulation.ts';
import { spread } from './spread.ts';
import { validation } from './validation.ts';
import { wageringGrowth, wageringIntake, wageringSingle } from './wagering.ts';
import { widgetConnections, widgetSize } from './widget.ts';

/** In the order they are measured and shown. */
export const groups: readonly Group[] = [
  // First: once a server runs, its background work moves and links players, too.
  journeys,
  risk,
  analytics,
  codes,
  hot,
  riskOverhead,
  spread,
  noop,
  idle,
  drop,
  recovery,
  validation,
  labels,
  simulation,
  wageringIntake,
  wageringSingle,
  wageringGrowth,
  widgetSize,
  widgetConnections,
  consoleSize,
  consoleSpeed,
];
