import { Badge } from '@mantine/core';
import { IconPencil } from '@tabler/icons-react';
import { useParams } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { type Answer, useRead } from '../../../api/index.ts';
import { LinkButton, Loaded, Page, PageTabs, Status } from '../../../kit/index.ts';
import { useFilters } from '../../../routing/index.ts';
import { useMay } from '../../../session/index.ts';
import { SimulateTab } from '../simulator/simulate-tab.tsx';
import { AttentionTab } from './attention-tab.tsx';
import { FlowTab } from './flow-tab.tsx';
import { JourneyFacts } from './journey-facts.tsx';
import { Moves } from './moves.tsx';
import { PlayersTab } from './players-tab.tsx';
import { ReportTab } from './report-tab.tsx';
import { TestRunButton } from './test-run.tsx';
import { VersionsTab } from './versions-tab.tsx';

/** A journey: what it does, who is in it, what it brought, and what it was. */
export function JourneyPage() {
  const { journeyId } = useParams({ from: '/shell/journeys/$journeyId' });
  const journey = useRead('getJourney', { params: { journeyId } });
  return <Loaded of={journey}>{(data) => <View journey={data} />}</Loaded>;
}

const STUCK_LISTED = 50;

function View({ journey }: { journey: Answer<'getJourney'> }) {
  const { t } = useTranslation('journeys');
  const { filters, setFilters } = useFilters<'tab'>();
  const mayWrite = useMay('journeys:write');
  const params = { journeyId: journey.id };
  const wasPublished = journey.version !== null;
  const stuck = useRead(
    'listStuckEnrolments',
    { params, query: { limit: STUCK_LISTED } },
    { enabled: wasPublished },
  );
  const late = stuck.data?.items.length ?? 0;
  return (
    <Page
      title={journey.name}
      beside={<Status of={journey.status} />}
      crumbs={[{ label: t('rooms.journeys'), link: { to: '/journeys' } }]}
      actions={
        <>
          {wasPublished && journey.status !== 'archived' && <TestRunButton journey={journey} />}
          <Moves journey={journey} />
          {mayWrite && journey.status !== 'archived' && (
            <LinkButton to="/journeys/$journeyId/edit" params={params} leftSection={<IconPencil size={16} />}>
              {t('page.edit')}
            </LinkButton>
          )}
        </>
      }
    >
      <JourneyFacts journey={journey} />
      <PageTabs
        label={journey.name}
        value={filters.tab}
        onChange={(tab) => setFilters({ tab })}
        tabs={[
          { value: 'flow', label: t('page.flow'), panel: () => <FlowTab journey={journey} /> },
          { value: 'players', label: t('page.players'), panel: () => <PlayersTab journey={journey} /> },
          {
            value: 'attention',
            label: t('page.attention'),
            beside:
              late > 0 ? (
                <Badge size="sm" color="red" variant="light" radius="sm">
                  {stuck.data?.more ? `${late}+` : late}
                </Badge>
              ) : undefined,
            panel: () => <AttentionTab journey={journey} />,
          },
          { value: 'report', label: t('page.report'), panel: () => <ReportTab journey={journey} /> },
          { value: 'versions', label: t('page.versions'), panel: () => <VersionsTab journey={journey} /> },
          { value: 'simulate', label: t('page.simulate'), panel: () => <SimulateTab journey={journey} /> },
        ]}
      />
    </Page>
  );
}
