import type { Lifecycle } from './lifecycle.ts';

export type CodeState = 'generated' | 'active' | 'exhausted' | 'expired' | 'disabled';

/** An exhausted code works again when its limit is raised. Disabling needs a reason and is final. */
export const codeLifecycle: Lifecycle<CodeState> = {
  name: 'code',
  initial: ['generated'],
  moves: {
    generated: { active: [] },
    active: { exhausted: [], expired: [], disabled: ['reason'] },
    exhausted: { active: ['limit_raised'] },
    expired: {},
    disabled: {},
  },
};
