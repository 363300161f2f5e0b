import { createLog } from '../platform/log.ts';
import { createMetrics } from '../platform/metrics.ts';
import { createSetAsides, type SetAside } from '../platform/set-aside.ts';

/** That of a server which has just started, and tells nobody. */
export const freshSetAside = (): SetAside =>
  createSetAsides({ log: createLog('silent'), metrics: createMetrics() })('test');
