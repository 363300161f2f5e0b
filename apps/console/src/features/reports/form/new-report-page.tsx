import { useTranslation } from 'react-i18next';
import { Loaded, Page } from '../../../kit/index.ts';
import { useFilters } from '../../../routing/index.ts';
import { useKinds } from '../words.ts';
import { newDraft } from './draft.ts';
import { ReportForm } from './report-form.tsx';

/** A report to be. */
export function NewReportPage() {
  const { t } = useTranslation('reports');
  const kinds = useKinds();
  const { filters } = useFilters<'kind' | 'campaign'>();
  return (
    <Page width="reading" title={t('new')} crumbs={[{ label: t('rooms.reports'), link: { to: '/reports' } }]}>
      <Loaded of={kinds}>
        {({ items }) => (
          <ReportForm
            kinds={items}
            draft={newDraft(filters.kind ?? items[0]?.kind ?? '', filters.campaign)}
          />
        )}
      </Loaded>
    </Page>
  );
}
