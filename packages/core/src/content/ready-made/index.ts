import { MESSAGES } from './messages.ts';
import { POPUPS } from './popups.ts';
import type { ReadyMade } from './ready-made.ts';

export { type Parameter, type ParameterValues, type ReadyMade, withDefaults } from './ready-made.ts';

/** Documents to begin with, popups first. Each comes without a finding of the linter. */
export const READY_MADE: readonly ReadyMade[] = [...POPUPS, ...MESSAGES];
