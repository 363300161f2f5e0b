import type { Lifecycle } from './lifecycle.ts';

export type CampaignState =
  | 'draft'
  | 'pending_approval'
  | 'scheduled'
  | 'active'
  | 'paused'
  | 'ended'
  | 'archived';

/**
 * A rejected approval returns to `draft`. A campaign that ended comes back only with a later end, approved.
 * `paused` takes no new activations; open grants go on.
 */
export const campaignLifecycle: Lifecycle<CampaignState> = {
  name: 'campaign',
  initial: ['draft'],
  moves: {
    draft: { pending_approval: [] },
    pending_approval: { scheduled: ['approval'], draft: [] },
    scheduled: { active: [] },
    active: { paused: [], ended: [] },
    paused: { active: [], ended: [] },
    ended: { archived: [], active: ['end_extended', 'approval'] },
    archived: {},
  },
};
