import { Box, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { hasKey, useRead } from '../../../api/index.ts';
import { Facts, Loaded, Money } from '../../../kit/index.ts';
import { useMay } from '../../../session/index.ts';
import type { Bonus } from './kinds.ts';

/** What the player gives up with it, asked the moment it is to be decided. */
export function WhatItCosts({ grantId }: { grantId: string }) {
  const { t } = useTranslation('bonuses');
  const cost = useRead('previewForfeit', { params: { grantId } });
  // It has not begun, or is over: then there is nothing to give up.
  if (hasKey(cost.error, 'conflict')) return null;
  return (
    <Box mt="md">
      <Loaded of={cost}>
        {({ currency, balanceLost, winningsLost, turnoverLost, realKept }) => (
          <Facts
            of={[
              [t('cost.balance'), <Money key="b" amount={balanceLost} currency={currency} />],
              [t('cost.winnings'), <Money key="w" amount={winningsLost} currency={currency} />],
              [t('cost.turnover'), <Money key="t" amount={turnoverLost} currency={currency} />],
              [t('cost.real'), <Money key="r" amount={realKept} currency={currency} />],
            ]}
          />
        )}
      </Loaded>
    </Box>
  );
}

/** What it held when it ended, and would hold again. */
export function Removed({ of: { id, currency } }: { of: Bonus }) {
  const { t } = useTranslation('bonuses');
  const may = useMay('ledger:read');
  const removals = useRead(
    'listBonusTransactions',
    { query: { grantId: id, kind: 'breakage', limit: 1 } },
    { enabled: may },
  );
  const last = removals.data?.items[0];
  if (!last) return null;
  return (
    <Text fz="sm" mt="md">
      {t('reinstate.comesBack')} <Money amount={-last.change} currency={currency} />
    </Text>
  );
}
