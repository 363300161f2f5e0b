import { Button, Group, Stack, Text } from '@mantine/core';
import { IconGitCompare, IconVersions } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { type Answer, type RowOf, useList } from '../../../api/index.ts';
import { type Column, DataTable, Empty, Panel, When } from '../../../kit/index.ts';
import { useFilters } from '../../../routing/index.ts';
import { useMay } from '../../../session/index.ts';
import { DuplicateButton } from './duplicate.tsx';
import { MigrationButton } from './migration.tsx';
import { VersionDiff } from './version-diff.tsx';
import { VersionSelect } from './version-select.tsx';

type Row = RowOf<'listJourneyVersions'>;

/** Every version, what is different between two of them, and moving players from one to another. */
export function VersionsTab({ journey }: { journey: Answer<'getJourney'> }) {
  const { t } = useTranslation('journeys');
  const mayWrite = useMay('journeys:write');
  const { filters, setFilters } = useFilters<'tab' | 'from' | 'to'>();
  const latest = journey.version;
  const list = useList(
    'listJourneyVersions',
    { params: { journeyId: journey.id }, query: {} },
    { enabled: latest !== null },
  );
  if (latest === null)
    return (
      <Panel>
        <Empty icon={IconVersions} title={t('versions.none')} hint={t('versions.noneHint')} />
      </Panel>
    );
  const from = Number(filters.from) || latest;
  const to = Number(filters.to) || null;
  const compare = (patch: { from?: number; to?: number | null }) =>
    setFilters({
      ...(patch.from !== undefined && { from: String(patch.from) }),
      ...(patch.to !== undefined && { to: patch.to === null ? undefined : String(patch.to) }),
    });
  const columns: readonly Column<Row>[] = [
    { id: 'version', header: t('list.version'), cell: ({ version }) => t('version', { version }) },
    { id: 'note', header: t('publish.note'), cell: ({ note }) => note ?? '' },
    { id: 'by', header: t('versions.by'), cell: ({ publishedBy }) => publishedBy.name ?? publishedBy.kind },
    { id: 'at', header: t('versions.at'), cell: ({ createdAt }) => <When at={createdAt} /> },
    {
      id: 'acts',
      header: t('attention.acts'),
      cell: ({ version }) => (
        <Group gap={4} wrap="nowrap">
          <Button
            size="compact-sm"
            variant="subtle"
            leftSection={<IconGitCompare size={14} />}
            onClick={() =>
              version > 1 ? compare({ from: version - 1, to: version }) : compare({ from: 1, to: null })
            }
          >
            {t('versions.compare')}
          </Button>
          {mayWrite && <DuplicateButton journey={journey} version={version} size="compact-sm" />}
        </Group>
      ),
    },
  ];
  return (
    <Stack>
      <DataTable
        label={t('page.versions')}
        columns={columns}
        list={list}
        rowKey={({ version }) => String(version)}
        empty={<Empty icon={IconVersions} title={t('versions.none')} />}
      />
      <Panel
        title={t('versions.difference')}
        actions={
          <>
            <VersionSelect
              journey={journey}
              label={t('versions.from')}
              value={from}
              onChange={(chosen) => chosen !== null && compare({ from: chosen })}
            />
            <Text fz="sm" c="dimmed">
              →
            </Text>
            <VersionSelect
              journey={journey}
              label={t('versions.to')}
              withDraft
              value={to}
              onChange={(chosen) => compare({ to: chosen })}
            />
            {latest > 1 && <MigrationButton journey={journey} />}
          </>
        }
      >
        <VersionDiff journey={journey} from={from} to={to} />
      </Panel>
    </Stack>
  );
}
