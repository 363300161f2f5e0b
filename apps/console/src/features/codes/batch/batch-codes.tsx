import { useTranslation } from 'react-i18next';
import { type Call, useList } from '../../../api/index.ts';
import { Empty, FilterBar, FilterSelect, FilterText, Panel } from '../../../kit/index.ts';
import { useFilters } from '../../../routing/index.ts';
import { CodesTable } from '../list/codes-table.tsx';

type Query = NonNullable<Call<'listCodes'>['query']>;

const STATES = ['generated', 'active', 'exhausted', 'expired', 'disabled'];

/** The codes of a batch. */
export function BatchCodes({ batchId }: { batchId: string }) {
  const { t } = useTranslation('codes');
  const { filters, isFiltered, setFilters, clear } = useFilters<'state' | 'holder' | 'last4'>();
  const { state, holder, last4 } = filters;
  const list = useList('listCodes', { query: { batchId, state, holder, last4 } as Query });
  return (
    <div>
      <FilterBar isFiltered={isFiltered} onClear={clear}>
        <FilterSelect
          label={t('state')}
          value={state}
          onChange={(picked) => setFilters({ state: picked })}
          options={STATES.map((value) => ({ value, label: t(`states.${value}`) }))}
        />
        <FilterText label={t('holder')} value={holder} onChange={(typed) => setFilters({ holder: typed })} />
        <FilterText label={t('last4')} value={last4} onChange={(typed) => setFilters({ last4: typed })} />
      </FilterBar>
      <Panel title={t('rooms.codes')} padded={false}>
        <CodesTable
          label={t('codesOfBatch')}
          list={list}
          withoutCampaign
          empty={
            isFiltered ? (
              <Empty title={t('nothingFits')} hint={t('nothingFitsHint')} />
            ) : (
              <Empty title={t('noCodesYet')} hint={t('noCodesYetHint')} />
            )
          }
        />
      </Panel>
    </div>
  );
}
