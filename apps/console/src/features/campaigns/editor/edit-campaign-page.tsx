import { useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useRead } from '../../../api/index.ts';
import { Empty, ErrorBox, LinkButton, Page, Skeletons } from '../../../kit/index.ts';
import { useMay } from '../../../session/index.ts';
import type { Campaign } from '../campaign.ts';
import { inputOf } from './draft/definition.ts';
import { forget, type Kept, recall } from './draft/kept.ts';
import { Editor } from './editor.tsx';
import { NotAllowed } from './not-allowed.tsx';
import type { Start } from './use-editing.ts';

const EDITABLE = new Set(['draft', 'scheduled', 'active', 'paused']);

/** Changing a campaign: a draft as one likes, one that runs by a new version. */
export function EditCampaignPage() {
  const { t } = useTranslation('campaigns');
  const { campaignId } = useParams({ strict: false }) as { campaignId: string };
  const mayWrite = useMay('campaigns:write');
  const campaign = useRead('getCampaign', { params: { campaignId } });
  if (!mayWrite) return <NotAllowed />;
  if (campaign.error) return <ErrorBox error={campaign.error} again={() => void campaign.refetch()} />;
  if (campaign.data?.id !== campaignId) return <Skeletons />;
  if (!EDITABLE.has(campaign.data.status) || campaign.data.pendingVersion !== null)
    return (
      <Page title={campaign.data.name}>
        <Empty
          title={t('editor.notNow')}
          hint={t('editor.notNowHint')}
          action={
            <LinkButton variant="default" to="/campaigns/$campaignId" params={{ campaignId }}>
              {t('editor.toCampaign')}
            </LinkButton>
          }
        />
      </Page>
    );
  return <Editing key={campaignId} campaign={campaign.data} />;
}

/** Begins with the campaign as it was when the page was opened: what others save meanwhile is noticed on saving. */
function Editing({ campaign }: { campaign: Campaign }) {
  const [opened, setOpened] = useState(() => ({ campaign, kept: recall(campaign.id), round: 0 }));
  return (
    <Editor
      key={opened.round}
      start={startOf(opened.campaign, opened.kept)}
      restoredAt={opened.kept?.at}
      onDiscard={() => {
        forget(campaign.id);
        setOpened({ campaign, kept: undefined, round: opened.round + 1 });
      }}
    />
  );
}

function startOf(campaign: Campaign, kept: Kept | undefined): Start {
  const input = inputOf(campaign);
  return {
    campaign,
    keptAs: campaign.id,
    values: kept?.values ?? input,
    base: kept?.base ?? input,
    revision: kept?.revision ?? campaign.revision,
  };
}
