import { useParams } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useRead } from '../../../api/index.ts';
import { Loaded, Page } from '../../../kit/index.ts';
import { useKinds } from '../words.ts';
import { draftOf } from './draft.ts';
import { ReportForm } from './report-form.tsx';

/** A report as it is, to be changed by its owner. */
export function EditReportPage() {
  const { t } = useTranslation('reports');
  const { reportId } = useParams({ from: '/shell/reports/$reportId/edit' });
  const report = useRead('getReport', { params: { reportId } });
  const kinds = useKinds();
  return (
    <Page
      width="reading"
      title={t('editTitle', { name: report.data?.name ?? t('report') })}
      crumbs={[
        { label: t('rooms.reports'), link: { to: '/reports' } },
        { label: report.data?.name ?? '…', link: { to: '/reports/$reportId', params: { reportId } } },
      ]}
    >
      <Loaded of={report}>
        {(data) => (
          <Loaded of={kinds}>
            {({ items }) => (
              <ReportForm key={data.revision} kinds={items} draft={draftOf(data)} report={data} />
            )}
          </Loaded>
        )}
      </Loaded>
    </Page>
  );
}
