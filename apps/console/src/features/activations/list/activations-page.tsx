import { useTranslation } from 'react-i18next';
import { useList } from '../../../api/index.ts';
import { ActivationsTable, Empty, Page, useSpan } from '../../../kit/index.ts';
import { useFilters } from '../../../routing/index.ts';
import { ActivationFilters, type FilterName } from './activation-filters.tsx';
import { LiveMark } from './live-mark.tsx';
import { useNews } from './news.ts';

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

/** The texts of an address are checked by the server: it says what is no outcome. */
export type Query = NonNullable<Parameters<typeof useList<'listActivations'>>[1]['query']>;
