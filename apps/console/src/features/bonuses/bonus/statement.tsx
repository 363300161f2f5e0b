import { Group } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useList } from '../../../api/index.ts';
import { ExportButton, StatementTable } from '../../../kit/index.ts';

/** Every movement of its money, with the balance after it. */
export function Statement({ grantId }: { grantId: string }) {
  const { t } = useTranslation('bonuses');
  const list = useList('listBonusTransactions', { query: { grantId } });
  return (
    <>
      <Group justify="flex-end" mb="sm">
        <ExportButton
          route="exportBonusTransactions"
          call={{ query: { grantId } }}
          fileName={`bonus-${grantId}.csv`}
        />
      </Group>
      <StatementTable label={t('tabs.statement')} list={list} without={['bonus', 'player', 'campaign']} />
    </>
  );
}
