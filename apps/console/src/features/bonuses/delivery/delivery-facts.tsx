import { Alert, Group, Stack, Text } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Answer } from '../../../api/index.ts';
import { BonusLink, CampaignLink, Facts, JsonText, PlayerLink, Status, When } from '../../../kit/index.ts';
import { useSay } from '../../../texts/index.ts';
import { RetryButton } from './retry-button.tsx';

/** One delivery: where it is to go, how often it was tried, and what came back. */
export function DeliveryFacts({ of: delivery }: { of: Answer<'getDelivery'> }) {
  const { t } = useTranslation('bonuses');
  const say = useSay();
  const { lastError, response } = delivery;
  return (
    <Stack>
      <Group justify="space-between">
        <Status of={delivery.state} />
        <RetryButton of={delivery} />
      </Group>
      <Text fz="sm" c="dimmed">
        {t(`delivery.means.${delivery.state}`)}
      </Text>
      {lastError !== null && delivery.state !== 'delivered' && (
        <Alert color="red" icon={<IconAlertTriangle size={18} />} title={t('delivery.lastError')}>
          <Text fz="sm" style={{ overflowWrap: 'anywhere' }}>
            {say(lastError)}
          </Text>
        </Alert>
      )}
      <Facts
        of={[
          [t('delivery.target'), t(`delivery.targets.${delivery.target}`)],
          [t('delivery.operation'), t(`delivery.operationNames.${delivery.operation}`)],
          [
            t('bonuses.kind'),
            <BonusLink key="b" id={delivery.grantId}>
              {t(`kinds.${delivery.kind}`)}
            </BonusLink>,
          ],
          [t('filters.player'), <PlayerLink key="p" id={delivery.player} />],
          [t('filters.campaign'), <CampaignLink key="c" id={delivery.campaignId} />],
          [t('delivery.attempts'), delivery.attempts],
          [t('delivery.lastAttempt'), <When key="l" at={delivery.lastAttemptAt} style="full" />],
          [t('delivery.nextAttempt'), <When key="n" at={delivery.nextAttemptAt} style="full" />],
          [t('delivery.created'), <When key="a" at={delivery.createdAt} style="full" />],
        ]}
      />
      {response !== null && response !== undefined && (
        <div>
          <Text fz="xs" c="dimmed" mb={4}>
            {t('delivery.response')}
          </Text>
          <JsonText of={response} label={t('delivery.response')} />
        </div>
      )}
    </Stack>
  );
}
