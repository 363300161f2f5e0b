import { type Answer, useEach } from '../../../api/index.ts';
import { useMay } from '../../../session/index.ts';

export type CampaignNumbers = Answer<'listCampaignNumbers'>['items'][number];

const EVERY_MS = 10_000;

/** What campaigns do right now, by id: read again every few seconds, none for whoever may not see figures. */
export const useCampaignNumbers = (ids: readonly string[]): ReadonlyMap<string, CampaignNumbers> =>
  useEach(
    'listCampaignNumbers',
    ids,
    (campaignIds) => ({ query: { campaignIds } }),
    ({ campaignId }) => campaignId,
    { enabled: useMay('analytics:read'), every: EVERY_MS },
  );
