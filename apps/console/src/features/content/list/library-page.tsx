import { Button, Center, SegmentedControl } from '@mantine/core';
import { IconPlus, IconTemplate } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useList } from '../../../api/index.ts';
import {
  Empty,
  ErrorBox,
  FilterBar,
  FilterSwitch,
  FilterText,
  LinkButton,
  Page,
  Skeletons,
} from '../../../kit/index.ts';
import { oneOf, useFilters } from '../../../routing/index.ts';
import { useMay } from '../../../session/index.ts';
import { CHANNELS } from '../document/types.ts';
import { ContentCard } from './content-card.tsx';
import classes from './list.module.css';

const PAGE = 24;

/** What there is to send, by channel, as small pictures. */
export function LibraryPage() {
  const { t } = useTranslation('content');
  const mayWrite = useMay('journeys:write');
  const { filters, setFilters, isFiltered, clear } = useFilters<'channel' | 'name' | 'archived'>();
  const channel = oneOf(CHANNELS, filters.channel);
  const isArchive = filters.archived === 'true';
  const list = useList('listContent', {
    query: {
      limit: PAGE,
      ...(channel && { channel }),
      ...(filters.name && { name: filters.name }),
      ...(isArchive && { archived: 'true' }),
    },
  });
  const create = mayWrite && (
    <LinkButton to="/content/new" search={channel ? { channel } : {}} leftSection={<IconPlus size={16} />}>
      {t('list.create')}
    </LinkButton>
  );
  return (
    <Page title={t('rooms.content')} description={t('list.description')} actions={create}>
      <FilterBar
        isFiltered={isFiltered}
        onClear={clear}
        actions={
          <FilterSwitch
            label={t('list.archived')}
            value={filters.archived}
            onChange={(archived) => setFilters({ archived })}
          />
        }
      >
        <SegmentedControl
          size="sm"
          aria-label={t('list.channel')}
          data={[
            { value: '', label: t('all') },
            ...CHANNELS.map((value) => ({ value, label: t(`channels.${value}`) })),
          ]}
          value={channel ?? ''}
          onChange={(value) => setFilters({ channel: value || undefined })}
          style={{ maxWidth: '100%', overflowX: 'auto' }}
        />
        <FilterText label={t('list.find')} value={filters.name} onChange={(name) => setFilters({ name })} />
      </FilterBar>
      {list.error && <ErrorBox error={list.error} again={list.reload} />}
      {list.isPending && <Skeletons rows={8} />}
      {!list.isPending && !list.error && list.rows.length === 0 && (
        <Empty
          icon={IconTemplate}
          title={t(isFiltered ? 'list.noneFound' : 'list.none')}
          hint={t(isFiltered ? 'list.noneFoundHint' : 'list.noneHint')}
          action={!isFiltered && create}
        />
      )}
      <ul className={classes.grid} aria-label={t('rooms.content')}>
        {list.rows.map((content) => (
          <li key={content.id}>
            <ContentCard content={content} />
          </li>
        ))}
      </ul>
      {list.isMore && (
        <Center mt="md">
          <Button variant="default" loading={list.isLoadingMore} onClick={list.loadMore}>
            {t('table.more')}
          </Button>
        </Center>
      )}
    </Page>
  );
}
