import { useTranslation } from 'react-i18next';
import { useList } from '../../../api/index.ts';
import { ActivationsTable, Empty, Page, useSpan } from '../../../kit/index.ts';
import { useFilters } from '../../../routing/index.ts';
import { ActivationFilters, type FilterName } from './activation-filters.tsx';
import { LiveMark } from './live-mark.tsx';
import { useNews } from './news.ts';
import type { Query } from './query.ts';

/** Every attempt to use a code, as it comes in. */
export function ActivationsPage() {
  const { t } = useTranslation('activations');
  const address = useFilters<FilterName>();
  const { from, to, ...rest } = address.filters;
  const query = { ...rest, ...useSpan({ from, to }) } as Query;
  const list = useList('listActivations', { query });
  const news = useNews(query, list);
  return (
    <Page title={t('rooms.activations')} beside={<LiveMark news={news} />} description={t('description')}>
      <ActivationFilters {...address} query={query} />
      <ActivationsTable
        label={t('rooms.activations')}
        list={list}
        empty={
          address.isFiltered ? (
            <Empty title={t('nothingFits')} hint={t('nothingFitsHint')} />
          ) : (
            <Empty title={t('none')} hint={t('noneHint')} />
          )
        }
      />
    </Page>
  );
}
