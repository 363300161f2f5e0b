import type { Lifecycle } from './lifecycle.ts';

export type JourneyState = 'draft' | 'active' | 'paused' | 'archived';

/** `paused` lets nobody in and holds who is inside; archiving takes them out, for good. */
export const journeyLifecycle: Lifecycle<JourneyState> = {
  name: 'journey',
  initial: ['draft'],
  moves: {
    draft: { active: [], archived: [] },
    active: { paused: [], archived: [] },
    paused: { active: [], archived: [] },
    archived: {},
  },
};

export type EnrolmentState = 'active' | 'completed' | 'exited' | 'failed' | 'control';

/** Who is of the control group never walks. */
export const enrolmentLifecycle: Lifecycle<EnrolmentState> = {
  name: 'enrolment',
  initial: ['active', 'control'],
  moves: {
    active: { completed: [], exited: [], failed: [] },
    completed: {},
    exited: {},
    failed: {},
    control: {},
  },
};
