import { Progress, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useRead } from '../../../api/index.ts';
import { Facts, Loaded, Money, Panel, Status, When } from '../../../kit/index.ts';
import type { Bonus } from './kinds.ts';

/** The most of one page of the API: more packages of one campaign a player does not have. */
const PAGE = 200;

/** How far its spins have been played, in the words of their provider. */
export function SpinsPanel({ of: { id, player, campaignId } }: { of: Bonus }) {
  const { t } = useTranslation('bonuses');
  const spins = useRead('listFreeSpins', { query: { player, campaignId, limit: PAGE } });
  return (
    <Panel title={t('tabs.spins')}>
      <Loaded of={spins}>
        {({ items }) => {
          const found = items.find(({ grantId }) => grantId === id);
          if (!found)
            return (
              <Text fz="sm" c="dimmed">
                {t('spins.notOrdered')}
              </Text>
            );
          const { played, count, currency } = found;
          const told = t('spins.playedOf', { played, total: count });
          return (
            <Stack gap="sm">
              <Progress.Root size="sm">
                <Progress.Section value={(played / count) * 100} aria-label={told} />
              </Progress.Root>
              <Facts
                of={[
                  [t('spins.state'), <Status key="s" of={found.state} />],
                  [t('spins.played'), told],
                  [t('spins.provider'), found.provider],
                  [t('spins.reference'), found.providerReference],
                  [t('spins.value'), <Money key="v" amount={found.spinValue} currency={currency} />],
                  [t('spins.won'), <Money key="w" amount={found.won} currency={currency} />],
                  [t('offer.winCap'), <Money key="c" amount={found.winCap} currency={currency} />],
                  [t('spins.credited'), <Money key="r" amount={found.credited} currency={currency} />],
                  ...(found.ending ? [[t('spins.ending'), t(`spins.endings.${found.ending}`)] as const] : []),
                  [t('spins.over'), <When key="o" at={found.overAt} style="full" />],
                ]}
              />
            </Stack>
          );
        }}
      </Loaded>
    </Panel>
  );
}
