import { Button, Group, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useAct, useRead } from '../../../api/index.ts';
import { LinkButton, Loaded, Panel, tellDone, tellFailed, When } from '../../../kit/index.ts';
import { CampaignRequest } from '../../../kit/terms/index.ts';
import { useMay, useMember } from '../../../session/index.ts';
import type { Campaign } from '../campaign.ts';

/** What waits for a second person: who asks for it, and what it changes. */
export function WaitingPanel({ campaign, approvalId }: { campaign: Campaign; approvalId: string }) {
  const { t } = useTranslation('campaigns');
  const { session } = useMember();
  const maySee = useMay('approvals:read');
  const mayWrite = useMay('campaigns:write');
  const approval = useRead('getApproval', { params: { approvalId } }, { enabled: maySee });
  const withdraw = useAct('withdrawCampaign', () => tellDone(t('waiting.withdrawn')));
  if (!maySee) return null;
  return (
    <Loaded of={approval}>
      {({ requestedBy, createdAt, kind, payload }) => {
        const isOwn = requestedBy.id === session.staffId;
        return (
          <Panel
            title={t(`waiting.${kind.split('.')[1]}`)}
            hint={
              <>
                {t('waiting.by', { name: requestedBy.name ?? requestedBy.id })} <When at={createdAt} />
              </>
            }
            actions={
              <Group gap="xs">
                {isOwn && mayWrite && (
                  <Button
                    variant="default"
                    loading={withdraw.isPending}
                    onClick={() =>
                      withdraw.mutate({ params: { campaignId: campaign.id } }, { onError: tellFailed })
                    }
                  >
                    {t('waiting.withdraw')}
                  </Button>
                )}
                {!isOwn && (
                  <LinkButton to="/approvals" search={{ request: approvalId }}>
                    {t('waiting.decide')}
                  </LinkButton>
                )}
              </Group>
            }
          >
            <Stack gap="sm">
              {isOwn && (
                <Text fz="sm" c="dimmed">
                  {t('waiting.own')}
                </Text>
              )}
              {kind !== 'campaign.publish' && <CampaignRequest payload={payload} withWarnings={false} />}
            </Stack>
          </Panel>
        );
      }}
    </Loaded>
  );
}
