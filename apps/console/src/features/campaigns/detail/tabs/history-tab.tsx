import { Button, Collapse, Group, Stack, Text, Timeline } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useList } from '../../../../api/index.ts';
import { Panel, When } from '../../../../kit/index.ts';
import { changesBetween, TermsDiff, TermsSheet } from '../../../../kit/terms/index.ts';
import { useMay } from '../../../../session/index.ts';
import type { Campaign } from '../../campaign.ts';
import { Acts } from './acts.tsx';

/** Every version of the terms with what it changed, and who did what with the campaign. */
export function HistoryTab({ campaign }: { campaign: Campaign }) {
  const mayAudit = useMay('audit:read');
  return (
    <Stack gap="lg">
      <Versions campaign={campaign} />
      {mayAudit && <Acts campaignId={campaign.id} />}
    </Stack>
  );
}

function Versions({ campaign }: { campaign: Campaign }) {
  const { t } = useTranslation('campaigns');
  const versions = useList('listCampaignVersions', { params: { campaignId: campaign.id } });
  const [shown, setShown] = useState<number>();
  return (
    <Panel title={t('history.versions')} hint={t('history.versionsHint')}>
      <Timeline bulletSize={18} lineWidth={2} active={versions.rows.length}>
        {versions.rows.map((version, index) => {
          const before = versions.rows[index + 1];
          const isShown = shown === version.version;
          const changes = before ? changesBetween(before, version).length : 0;
          return (
            <Timeline.Item
              key={version.version}
              title={
                <Group gap="xs">
                  <Text fz="sm" fw={600}>
                    {t('history.version', { version: version.version })}
                  </Text>
                  {version.version === campaign.version && (
                    <Text fz="xs" c="dimmed">
                      {t('history.inForce')}
                    </Text>
                  )}
                  {version.version === campaign.pendingVersion && (
                    <Text fz="xs" c="dimmed">
                      {t('history.waits')}
                    </Text>
                  )}
                </Group>
              }
            >
              <Group gap="xs">
                <Text fz="sm" c="dimmed">
                  {version.createdBy.name ?? version.createdBy.id}, <When at={version.createdAt} />
                  {before && ` · ${t('history.changes', { count: changes })}`}
                </Text>
                <Button
                  variant="subtle"
                  size="compact-xs"
                  aria-expanded={isShown}
                  onClick={() => setShown(isShown ? undefined : version.version)}
                >
                  {t(isShown ? 'history.hide' : before ? 'history.showChanges' : 'history.showTerms')}
                </Button>
              </Group>
              <Collapse expanded={isShown}>
                <Stack pt="sm">
                  {before ? (
                    <TermsDiff before={before} after={version} />
                  ) : (
                    <TermsSheet definition={version} />
                  )}
                </Stack>
              </Collapse>
            </Timeline.Item>
          );
        })}
      </Timeline>
      {versions.isMore && (
        <Button variant="subtle" size="compact-sm" mt="sm" onClick={versions.loadMore}>
          {t('table.more')}
        </Button>
      )}
    </Panel>
  );
}
