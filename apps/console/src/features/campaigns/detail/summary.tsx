import { Alert, SimpleGrid, Stack, Text } from '@mantine/core';
import { IconPlayerPause } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Count, Facts, Panel, When } from '../../../kit/index.ts';
import { Warnings } from '../../../kit/terms/index.ts';
import { useMay } from '../../../session/index.ts';
import type { Campaign } from '../campaign.ts';
import { BudgetBar } from '../list/budget-bar.tsx';
import { useCampaignNumbers } from '../list/numbers.ts';
import { Liability } from './liability.tsx';

/** How a campaign stands: when it runs, what it did, what it has spent and may still cost. */
export function Summary({ campaign }: { campaign: Campaign }) {
  const { t } = useTranslation('campaigns');
  const maySeeMoney = useMay('ledger:read');
  const numbers = useCampaignNumbers([campaign.id]).get(campaign.id);
  const budgets = numbers?.budgets ?? [];
  return (
    <Stack gap="md">
      {campaign.pauseReason !== null && (
        <Alert color="yellow" icon={<IconPlayerPause size={18} />} title={t('summary.paused')}>
          {campaign.pauseReason}
        </Alert>
      )}
      <Warnings of={campaign.warnings} />
      <SimpleGrid cols={{ base: 1, md: maySeeMoney ? 3 : 2 }}>
        <Panel title={t('summary.run')}>
          <Facts
            of={[
              [
                t('list.starts'),
                campaign.startsAt === null ? (
                  t('summary.atOnce')
                ) : (
                  <When key="s" at={campaign.startsAt} style="full" />
                ),
              ],
              [
                t('list.ends'),
                campaign.endsAt === null ? (
                  t('summary.noEnd')
                ) : (
                  <When key="e" at={campaign.endsAt} style="full" />
                ),
              ],
              [t('list.version'), campaign.version],
              [t('list.createdBy'), campaign.createdBy.name ?? campaign.createdBy.id],
              [t('list.updated'), <When key="u" at={campaign.updatedAt} />],
            ]}
          />
        </Panel>
        <Panel title={t('summary.uses')}>
          <Stack gap="sm">
            <Facts
              of={[
                [t('list.today'), <Count key="t" of={numbers?.acceptedToday} />],
                [t('summary.tries'), <Count key="r" of={numbers?.triesToday} />],
                [t('summary.accepted'), <Count key="a" of={numbers?.accepted} />],
              ]}
            />
            {budgets.map((budget) => (
              <BudgetBar key={budget.currency} budget={budget} />
            ))}
            {numbers && budgets.length === 0 && (
              <Text fz="xs" c="dimmed">
                {t('summary.noBudget')}
              </Text>
            )}
          </Stack>
        </Panel>
        {maySeeMoney && <Liability campaignId={campaign.id} />}
      </SimpleGrid>
    </Stack>
  );
}
