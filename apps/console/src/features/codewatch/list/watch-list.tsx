import { Badge, Group } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useRead } from '../../../api/index.ts';
import {
  CampaignLink,
  type Column,
  Count,
  DataTable,
  Empty,
  FilterBar,
  FilterCampaign,
  listOf,
  Nothing,
  Status,
  TextLink,
} from '../../../kit/index.ts';
import { useFilters } from '../../../routing/index.ts';
import { useMay } from '../../../session/index.ts';
import { Usual } from '../usual.tsx';
import type { WatchedCode } from '../watched.ts';

/** What happens now is what is looked for. */
const LOOK_MS = 10_000;

/** Codes with alarms, then those that are tried the most. */
export function WatchList() {
  const { t } = useTranslation('codewatch');
  const maySeeCases = useMay('cases:read');
  const { filters, isFiltered, setFilters, clear } = useFilters<'campaignId'>();
  const read = useRead('listWatchedCodes', { query: { campaignId: filters.campaignId } }, { every: LOOK_MS });
  const columns: Column<WatchedCode>[] = [
    { id: 'code', header: t('code'), cell: ({ code }) => code },
    {
      id: 'alarms',
      header: t('alarms'),
      cell: ({ alarms }) => (alarms.length === 0 ? <Nothing /> : <Alarms of={alarms} linked={maySeeCases} />),
    },
    { id: 'watch', header: t('now'), cell: ({ watch }) => <Watch of={watch} /> },
    {
      id: 'tries',
      header: t('tries.now'),
      align: 'end',
      cell: ({ tries }) => <Count of={tries.now} />,
    },
    { id: 'usual', header: t('usual'), align: 'end', cell: ({ baseline }) => <Usual of={baseline} /> },
    { id: 'hour', header: t('tries.hour'), align: 'end', cell: ({ tries }) => <Count of={tries.hour} /> },
    { id: 'day', header: t('tries.day'), align: 'end', cell: ({ tries }) => <Count of={tries.day} /> },
    {
      id: 'strangers',
      header: t('strangers'),
      align: 'end',
      cell: ({ strangers, kind }) => (kind === 'shared' ? <Nothing /> : <Count of={strangers} />),
    },
    { id: 'campaign', header: t('campaign'), cell: ({ campaignId }) => <CampaignLink id={campaignId} /> },
    { id: 'state', header: t('state'), align: 'end', cell: ({ state }) => <Status of={state} /> },
  ];
  return (
    <>
      <FilterBar isFiltered={isFiltered} onClear={clear}>
        <FilterCampaign
          label={t('campaign')}
          value={filters.campaignId}
          onChange={(campaignId) => setFilters({ campaignId })}
        />
      </FilterBar>
      <DataTable
        label={t('rooms.codeWatch')}
        columns={columns}
        list={listOf(read)}
        rowKey={({ codeId }) => codeId}
        rowLink={({ codeId }) => ({ to: '/code-watch/$codeId', params: { codeId } })}
        empty={<Empty title={t('none')} hint={t('noneHint')} />}
      />
    </>
  );
}

const WATCH = { learning: 'gray', quiet: 'green', burst: 'red' } as const;

function Watch({ of }: { of: WatchedCode['watch'] }) {
  const { t } = useTranslation('codewatch');
  return (
    <Badge variant="light" color={WATCH[of]} style={{ flexShrink: 0, minWidth: 'max-content' }}>
      {t(`watch.${of}`)}
    </Badge>
  );
}

function Alarms({ of, linked }: { of: WatchedCode['alarms']; linked: boolean }) {
  const { t } = useTranslation('codewatch');
  return (
    <Group gap={6}>
      {of.map(({ caseId, kind }) => (
        <Group key={caseId} gap={4} wrap="nowrap" c="red">
          <IconAlertTriangle size={14} aria-hidden />
          {linked ? (
            <TextLink to={{ to: '/cases/$caseId', params: { caseId } }}>{t(`alarm.${kind}`)}</TextLink>
          ) : (
            t(`alarm.${kind}`)
          )}
        </Group>
      ))}
    </Group>
  );
}
