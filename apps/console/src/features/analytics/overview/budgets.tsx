import { Group, Progress, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Answer } from '../../../api/index.ts';
import { Money, Panel, TextLink } from '../../../kit/index.ts';

const NEARLY = 0.9;

/** How much of each budget is gone, and promised: the nearest to its end first. */
export function Budgets({ of: budgets }: { of: Answer<'getOverview'>['budgets'] }) {
  const { t } = useTranslation('analytics');
  return (
    <Panel title={t('budgets.title')} hint={t('budgets.hint')}>
      {budgets.length === 0 && (
        <Text fz="sm" c="dimmed">
          {t('budgets.none')}
        </Text>
      )}
      <Stack gap="sm">
        {budgets.map(({ campaignId, name, currency, maximum, used, reserved }) => {
          const share = (amount: number) => (maximum === 0 ? 0 : (amount / maximum) * 100);
          const isNearlyGone = used + reserved >= maximum * NEARLY;
          return (
            <Stack key={`${campaignId} ${currency}`} gap={4}>
              <Group justify="space-between" fz="sm" gap="xs">
                <TextLink to={{ to: '/campaigns/$campaignId', params: { campaignId } }}>{name}</TextLink>
                <span>
                  <Money amount={used + reserved} currency={currency} /> /{' '}
                  <Money amount={maximum} currency={currency} />
                </span>
              </Group>
              <Progress.Root size={8} aria-hidden>
                <Progress.Section
                  value={share(used)}
                  color={isNearlyGone ? 'red' : 'iris'}
                  withAria={false}
                />
                <Progress.Section
                  value={share(reserved)}
                  color={isNearlyGone ? 'red.3' : 'iris.2'}
                  withAria={false}
                />
              </Progress.Root>
            </Stack>
          );
        })}
      </Stack>
    </Panel>
  );
}
