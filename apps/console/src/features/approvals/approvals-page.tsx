import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useList } from '../../api/index.ts';
import { Empty, ErrorBox, FilterBar, FilterSelect, Page, Skeletons } from '../../kit/index.ts';
import { useFilters } from '../../routing/index.ts';
import classes from './approvals.module.css';
import { KINDS, STATUSES } from './kinds.ts';
import { RequestLine } from './request-line.tsx';
import { RequestView } from './request-view.tsx';

/** What waits for a second pair of eyes: the requests at the side, and the one that is looked at. */
export function ApprovalsPage() {
  const { t } = useTranslation('approvals');
  const { filters, isFiltered, setFilters, clear } = useFilters<'status' | 'kind' | 'request'>();
  // Nobody looks for what is decided unless they say so.
  const asked = filters.status ?? 'pending';
  const status = STATUSES.find((known) => known === asked);
  const list = useList('listApprovals', { query: { status, kind: filters.kind } });
  const chosen = filters.request ?? list.rows[0]?.approvalId;
  return (
    <Page title={t('title')} description={t('description')}>
      <FilterBar isFiltered={isFiltered} onClear={clear}>
        <FilterSelect
          label={t('status')}
          value={asked}
          onChange={(value) => setFilters({ status: value ?? 'all', request: undefined })}
          options={[...STATUSES, 'all'].map((value) => ({
            value,
            label: value === 'all' ? t('everyStatus') : t(`states.${value}`),
          }))}
        />
        <FilterSelect
          label={t('kind')}
          value={filters.kind}
          onChange={(kind) => setFilters({ kind, request: undefined })}
          options={KINDS.map((value) => ({ value, label: t(`kindOf.${value.replace('.', '_')}`) }))}
        />
      </FilterBar>
      {list.error && <ErrorBox error={list.error} again={list.reload} />}
      {list.isPending && <Skeletons />}
      {!list.isPending && list.rows.length === 0 && filters.request === undefined && (
        <Empty
          title={t(asked === 'pending' ? 'nothingWaits' : 'none')}
          hint={t(asked === 'pending' ? 'nothingWaitsHint' : 'noneHint')}
        />
      )}
      {chosen !== undefined && !list.isPending && (
        <div className={classes.desk} data-chosen={filters.request !== undefined || undefined}>
          <nav className={classes.list} aria-label={t('requests')}>
            {list.rows.map((request) => (
              <RequestLine
                key={request.approvalId}
                request={request}
                isChosen={request.approvalId === chosen}
                search={{ ...filters, request: request.approvalId }}
              />
            ))}
            {list.isMore && (
              <Button
                variant="subtle"
                size="compact-sm"
                m="xs"
                loading={list.isLoadingMore}
                onClick={list.loadMore}
              >
                {t('table.more')}
              </Button>
            )}
          </nav>
          <RequestView
            key={chosen}
            approvalId={chosen}
            onBack={() => setFilters({ request: undefined })}
            onDecided={() => setFilters({ request: chosen })}
          />
        </div>
      )}
    </Page>
  );
}
