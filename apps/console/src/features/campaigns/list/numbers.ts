import { useQueries } from '@tanstack/react-query';
import { type Answer, send } from '../../../api/index.ts';
import { useMay } from '../../../session/index.ts';

export type CampaignNumbers = Answer<'listCampaignNumbers'>['items'][number];

/** Of one call. */
const AT_ONCE = 50;
const EVERY_MS = 10_000;

/** What campaigns do right now, by id: read again every few seconds, none for whoever may not see figures. */
export function useCampaignNumbers(ids: readonly string[]): ReadonlyMap<string, CampaignNumbers> {
  const enabled = useMay('analytics:read');
  const parts = Array.from({ length: Math.ceil(ids.length / AT_ONCE) }, (_, part) =>
    ids.slice(part * AT_ONCE, (part + 1) * AT_ONCE),
  );
  return useQueries({
    queries: parts.map((campaignIds) => ({
      queryKey: ['listCampaignNumbers', campaignIds],
      queryFn: ({ signal }: { signal: AbortSignal }) =>
        send('listCampaignNumbers', { query: { campaignIds }, signal }),
      enabled,
      refetchInterval: EVERY_MS,
    })),
    combine: (answers) =>
      new Map(answers.flatMap(({ data }) => data?.items ?? []).map((item) => [item.campaignId, item])),
  });
}
