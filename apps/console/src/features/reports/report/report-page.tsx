import { Button, Menu, Stack } from '@mantine/core';
import { IconChevronDown, IconDownload, IconPencil } from '@tabler/icons-react';
import { useNavigate, useParams } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { download, useAct, useRead } from '../../../api/index.ts';
import {
  ConfirmButton,
  type Crumb,
  LinkButton,
  Loaded,
  Page,
  PageTabs,
  saveFile,
  tellDone,
  tellFailed,
} from '../../../kit/index.ts';
import { PrintButton } from '../../../kit/report/index.ts';
import { useFilters } from '../../../routing/index.ts';
import { useMember } from '../../../session/index.ts';
import type { Report } from '../words.ts';
import { Mails } from './mails.tsx';
import { ReportFacts } from './report-facts.tsx';
import { Rows } from './rows.tsx';

/** One report: what it says now, to be saved as a file, and what was sent of it. */
export function ReportPage() {
  const { t } = useTranslation('reports');
  const { reportId } = useParams({ from: '/shell/reports/$reportId' });
  const report = useRead('getReport', { params: { reportId } });
  const { filters, openTab } = useFilters<'tab'>();
  const crumbs: readonly Crumb[] = [{ label: t('rooms.reports'), link: { to: '/reports' } }];
  return (
    <Page
      title={report.data?.name ?? t('report')}
      crumbs={crumbs}
      actions={report.data && <Acts report={report.data} />}
    >
      <Loaded of={report}>
        {(data) => (
          <Stack gap="lg">
            <ReportFacts report={data} />
            <PageTabs
              label={t('tabs.label')}
              value={filters.tab}
              onChange={openTab}
              tabs={[
                { value: 'rows', label: t('tabs.rows'), panel: () => <Rows report={data} /> },
                { value: 'mails', label: t('tabs.mails'), panel: () => <Mails report={data} /> },
              ]}
            />
          </Stack>
        )}
      </Loaded>
    </Page>
  );
}

const FILES = [
  ['csv', 'exportReportCsv'],
  ['xlsx', 'exportReportXlsx'],
  ['parquet', 'exportReportParquet'],
] as const;

function Acts({ report: { id, name, owner } }: { report: Report }) {
  const { t } = useTranslation('reports');
  const { session } = useMember();
  const navigate = useNavigate();
  const remove = useAct('deleteReport', () => {
    tellDone(t('deleted'));
    void navigate({ to: '/reports' });
  });
  const params = { reportId: id };
  const save = async (format: string, route: (typeof FILES)[number][1]) => {
    try {
      saveFile(`${name}.${format}`, await download(route, { params }));
    } catch (error) {
      tellFailed(error instanceof Error ? error : new Error(String(error)));
    }
  };
  const isOwn = owner.id === session.staffId;
  return (
    <>
      {isOwn && (
        <ConfirmButton
          label={t('delete')}
          title={t('deleteTitle')}
          consequence={t('deleteMeans')}
          variant="default"
          color="red"
          onConfirm={() => remove.mutateAsync({ params })}
        />
      )}
      <PrintButton />
      {isOwn && (
        <LinkButton
          variant="default"
          to="/reports/$reportId/edit"
          params={params}
          leftSection={<IconPencil size={15} />}
        >
          {t('edit')}
        </LinkButton>
      )}
      <Menu position="bottom-end">
        <Menu.Target>
          <Button leftSection={<IconDownload size={15} />} rightSection={<IconChevronDown size={14} />}>
            {t('export')}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          {FILES.map(([format, route]) => (
            <Menu.Item key={format} onClick={() => void save(format, route)}>
              {t(`formats.${format}`)}
            </Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
    </>
  );
}
