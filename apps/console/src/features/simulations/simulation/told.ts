import type { Answer } from '../../../api/index.ts';

/** What would have happened. */
export type Told = NonNullable<Answer<'getSimulation'>['result']>;
