import { useTranslation } from 'react-i18next';
import { useList } from '../../../../api/index.ts';
import { BonusesTable, Empty } from '../../../../kit/index.ts';

export function BonusesTab({ campaignId }: { campaignId: string }) {
  const { t } = useTranslation('campaigns');
  const list = useList('listGrants', { query: { campaignId } });
  return (
    <BonusesTable
      label={t('tabs.bonuses')}
      list={list}
      without={['campaign']}
      empty={<Empty title={t('bonuses.empty')} hint={t('bonuses.emptyHint')} />}
    />
  );
}
