import { Pill } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { type Call, useList } from '../../../api/index.ts';
import {
  Empty,
  ExportButton,
  FilterBar,
  FilterCampaign,
  FilterSelect,
  FilterText,
  SavedViews,
} from '../../../kit/index.ts';
import type { useFilters } from '../../../routing/index.ts';
import { useMay } from '../../../session/index.ts';
import { CodesTable } from './codes-table.tsx';

export type CodeFilter = 'campaignId' | 'batchId' | 'kind' | 'state' | 'holder' | 'last4';

type Query = NonNullable<Call<'listCodes'>['query']>;

const KINDS = ['shared', 'unique', 'personal'];
const STATES = ['generated', 'active', 'exhausted', 'expired', 'disabled'];

type Props = Pick<ReturnType<typeof useFilters<CodeFilter>>, 'filters' | 'setFilters'>;

/** Codes by campaign, kind, state, holder or last symbols. */
export function CodeList({ filters, setFilters }: Props) {
  const { t } = useTranslation('codes');
  const { campaignId, batchId, kind, state, holder, last4 } = filters;
  const query = { campaignId, batchId, kind, state, holder, last4 };
  const list = useList('listCodes', { query: query as Query });
  const isFiltered = Object.values(query).some((value) => value !== undefined);
  const mayExport = useMay('codes:export');
  return (
    <>
      <FilterBar
        isFiltered={isFiltered}
        onClear={() =>
          setFilters({
            ...{ campaignId: undefined, batchId: undefined, kind: undefined },
            ...{ state: undefined, holder: undefined, last4: undefined },
          })
        }
        actions={
          <>
            {mayExport && campaignId !== undefined && (
              <ExportButton
                route="exportCampaignCodes"
                call={{ params: { campaignId } }}
                fileName={`codes-${campaignId}.csv`}
                label={t('exportCampaign')}
              />
            )}
            <SavedViews page="codes" />
          </>
        }
      >
        <FilterCampaign
          label={t('campaign')}
          value={campaignId}
          onChange={(picked) => setFilters({ campaignId: picked })}
        />
        <FilterSelect
          label={t('kind')}
          value={kind}
          onChange={(picked) => setFilters({ kind: picked })}
          options={KINDS.map((value) => ({ value, label: t(`codeKinds.${value}`) }))}
        />
        <FilterSelect
          label={t('state')}
          value={state}
          onChange={(picked) => setFilters({ state: picked })}
          options={STATES.map((value) => ({ value, label: t(`states.${value}`) }))}
        />
        <FilterText label={t('holder')} value={holder} onChange={(typed) => setFilters({ holder: typed })} />
        <FilterText label={t('last4')} value={last4} onChange={(typed) => setFilters({ last4: typed })} />
        {batchId !== undefined && (
          <Pill
            size="lg"
            withRemoveButton
            removeButtonProps={{ 'aria-label': t('anyBatch'), 'aria-hidden': false, tabIndex: 0 }}
            onRemove={() => setFilters({ batchId: undefined })}
          >
            {t('ofBatch')}
          </Pill>
        )}
      </FilterBar>
      <CodesTable
        label={t('rooms.codes')}
        list={list}
        empty={
          isFiltered ? (
            <Empty title={t('nothingFits')} hint={t('nothingFitsHint')} />
          ) : (
            <Empty title={t('none')} hint={t('noneHint')} />
          )
        }
      />
    </>
  );
}
