import { Stack, Text } from '@mantine/core';
import { useList, useRead } from '../../api/index.ts';
import { useSay } from '../../texts/index.ts';
import { ErrorBox, Skeletons } from '../feedback.tsx';
import { TermsDiff } from './terms-diff.tsx';
import { TermsSheet } from './terms-sheet.tsx';
import { Warnings } from './warnings.tsx';

interface Asked {
  readonly campaignId: string;
  readonly version: number;
  readonly why?: string;
}

const isAsked = (payload: unknown): payload is Asked =>
  typeof payload === 'object' && payload !== null && 'campaignId' in payload && 'version' in payload;

interface Props {
  /** Of the request. */
  readonly payload: unknown;
  /** Left out where the page has them already. */
  readonly withWarnings?: boolean;
}

/** What a request about a campaign asks for: its terms, or what changes in those in force. */
export function CampaignRequest({ payload, withWarnings = true }: Props) {
  return isAsked(payload) ? <Terms asked={payload} withWarnings={withWarnings} /> : null;
}

function Terms({
  asked: { campaignId, version, why },
  withWarnings,
}: {
  asked: Asked;
  withWarnings: boolean;
}) {
  const say = useSay();
  const campaign = useRead('getCampaign', { params: { campaignId } });
  const versions = useList('listCampaignVersions', { params: { campaignId }, query: { limit: 200 } });
  const error = campaign.error ?? versions.error;
  if (error) return <ErrorBox error={error} />;
  const wanted = versions.rows.find((one) => one.version === version);
  if (!campaign.data || !wanted) return <Skeletons rows={4} />;
  // Once it is decided, the version asked for may be the one in force: then it is compared with the one before.
  const base =
    campaign.data.version === version
      ? versions.rows.find((one) => one.version === version - 1)
      : campaign.data;
  const isChange = base !== undefined && campaign.data.status !== 'pending_approval';
  return (
    <Stack gap="sm">
      {why !== undefined && (
        <Text fz="sm" c="dimmed">
          {say(why)}
        </Text>
      )}
      {withWarnings && <Warnings of={campaign.data.warnings} />}
      {isChange ? <TermsDiff before={base} after={wanted} /> : <TermsSheet definition={wanted} />}
    </Stack>
  );
}
