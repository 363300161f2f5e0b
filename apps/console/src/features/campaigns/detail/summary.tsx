import { Alert, SimpleGrid, Stack, Text } from '@mantine/core';
import { IconPlayerPause } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useRead } from '../../../api/index.ts';
import { Count, Facts, Money, Panel, When } from '../../../kit/index.ts';
import { Warnings } from '../../../kit/terms/index.ts';
import { useMay } from '../../../session/index.ts';
import { BudgetBar } from '../list/budget-bar.tsx';
import { useCampaignNumbers } from '../list/numbers.ts';
import type { Campaign } from './campaign-page.tsx';

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
              [t('list.starts'), <When key="s" at={campaign.startsAt} style="full" />],
              [t('list.ends'), <When key="e" at={campaign.endsAt} style="full" />],
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

/** What a campaign may still cost. */
function Liability({ campaignId }: { campaignId: string }) {
  const { t } = useTranslation('campaigns');
  const liability = useRead('getCampaignLiability', { params: { campaignId } });
  const currencies = liability.data?.currencies ?? [];
  return (
    <Panel title={t('liability.title')}>
      {liability.data && currencies.length === 0 && (
        <Text fz="sm" c="dimmed">
          {t('liability.none')}
        </Text>
      )}
      <Stack gap="sm">
        {currencies.map(({ currency, pending, outstanding, worstCase }) => (
          <Facts
            key={currency}
            of={[
              [
                t('liability.pending', { count: pending.count }),
                <Money key="p" amount={pending.maximum} currency={currency} />,
              ],
              [
                t('liability.outstanding', { count: outstanding.count }),
                <Money key="o" amount={outstanding.balance} currency={currency} />,
              ],
              [
                t('liability.worst'),
                worstCase === null ? (
                  t('liability.unlimited')
                ) : (
                  <Money key="w" amount={worstCase} currency={currency} />
                ),
              ],
            ]}
          />
        ))}
      </Stack>
    </Panel>
  );
}
