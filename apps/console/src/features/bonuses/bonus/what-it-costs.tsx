import { Box, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { type Answer, hasKey, useRead } from '../../../api/index.ts';
import { Count, Facts, Loaded, Money } from '../../../kit/index.ts';
import { useMay } from '../../../session/index.ts';
import type { Bonus } from './kinds.ts';

/** What the player gives up with it, asked the moment it is to be decided. */
export function WhatItCosts({ grantId }: { grantId: string }) {
  const cost = useRead('previewForfeit', { params: { grantId } });
  // It has not begun, or is over: then there is nothing to give up.
  if (hasKey(cost.error, 'conflict')) return null;
  return (
    <Box mt="md">
      <Loaded of={cost}>{(told) => <Cost of={told} />}</Loaded>
    </Box>
  );
}

/** Of what a bonus of its kind can't lose nothing is said. */
function Cost({ of }: { of: Answer<'previewForfeit'> }) {
  const { t } = useTranslation('bonuses');
  const money = (amount: number | null) => <Money amount={amount} currency={of.currency} />;
  const facts: [name: string, value: ReactNode][] = [];
  if (of.balanceLost + of.turnoverLost > 0)
    facts.push(
      [t('cost.balance'), money(of.balanceLost)],
      [t('cost.winnings'), money(of.winningsLost)],
      [t('cost.turnover'), money(of.turnoverLost)],
    );
  if (of.spinsLost > 0) facts.push([t('cost.spins'), <Count key="s" of={of.spinsLost} />]);
  if (of.ticketsLost > 0) facts.push([t('cost.tickets'), <Count key="t" of={of.ticketsLost} />]);
  if (of.cashbackLost > 0) facts.push([t('cost.cashback'), money(of.cashbackLost)]);
  facts.push([t('cost.real'), money(of.realKept)]);
  return <Facts of={facts} />;
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
