import { Paper, SimpleGrid, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { type Answer, useRead } from '../../../api/index.ts';
import { Count, Money, Nothing, When } from '../../../kit/index.ts';
import { useMay, useMember } from '../../../session/index.ts';

/** What one wants to know of a player at a glance. */
export function Summary({ player }: { player: Answer<'getPlayer'> }) {
  const { t } = useTranslation('players');
  const { brand } = useMember();
  const mayLedger = useMay('ledger:read');
  const currency = player.currency ?? brand.currency;
  const wallet = useRead(
    'getWalletBalance',
    { params: { externalId: player.externalId }, query: { currency } },
    { enabled: mayLedger },
  );
  return (
    <SimpleGrid cols={{ base: 2, sm: 3, lg: 5 }} spacing="sm" mb="md">
      {mayLedger && (
        <>
          <Stat name={t('wallet.real')}>
            {wallet.data ? <Money amount={wallet.data.real} currency={currency} /> : <Nothing />}
          </Stat>
          <Stat name={t('wallet.bonus')}>
            {wallet.data ? <Money amount={wallet.data.bonus} currency={currency} /> : <Nothing />}
          </Stat>
        </>
      )}
      <Stat name={t('depositCount')}>
        <Count of={player.depositCount} />
      </Stat>
      <Stat name={t('totalDeposits')}>
        <Money amount={player.totalDeposits} currency={currency} />
      </Stat>
      <Stat name={t('lastLoginAt')}>
        <When at={player.lastLoginAt} />
      </Stat>
    </SimpleGrid>
  );
}

const Stat = ({ name, children }: { name: string; children: ReactNode }) => (
  <Paper withBorder radius="md" px="md" py="xs">
    <Text fz="xs" c="dimmed">
      {name}
    </Text>
    <Text fz="lg" fw={600} component="div" truncate>
      {children}
    </Text>
  </Paper>
);
