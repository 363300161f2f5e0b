import { Alert, Grid, Stack } from '@mantine/core';
import { useParams } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useRead } from '../../../api/index.ts';
import { Loaded, Page, PageTabs, type Tab, TextLink } from '../../../kit/index.ts';
import { PlayerLinks } from '../../../kit/link-graph/index.ts';
import { BandBadge } from '../../../kit/risk/index.ts';
import { useFilters } from '../../../routing/index.ts';
import { useMember } from '../../../session/index.ts';
import type { CaseDetail } from '../kinds.ts';
import { seenOf } from '../reading.ts';
import { Standing } from '../standing.tsx';
import { CaseActs } from './case-acts.tsx';
import { CaseFacts } from './case-facts.tsx';
import { Decision } from './decision/decision.tsx';
import { Evidence } from './evidence.tsx';
import { Notes } from './notes.tsx';
import { OtherCases } from './other-cases.tsx';
import { Play } from './play.tsx';
import { Story } from './story-line.tsx';

/** Others may take or decide it meanwhile, and what was decided is carried out a moment later. */
const LOOK_MS = 5_000;

/** One case: what was seen, what is on record around it, and what is to be done. */
export function CasePage() {
  const { t } = useTranslation('cases');
  const { caseId = '' } = useParams({ strict: false });
  const read = useRead('getCase', { params: { caseId } }, { every: LOOK_MS });
  const shown = read.data;
  const titleOf = (found: CaseDetail): string => {
    const kind = t(`kinds.${found.kind}`);
    const last4 = seenOf(found)?.last4;
    const of = found.player ?? (last4 === undefined ? undefined : `…${last4}`);
    return of === undefined ? kind : t('title', { kind, of });
  };
  return (
    <Page
      title={shown ? titleOf(shown) : t('case')}
      beside={
        shown && (
          <>
            <Standing of={shown} />
            {shown.band && <BandBadge band={shown.band} score={shown.score} />}
          </>
        )
      }
      description={shown && t(`kindHints.${shown.kind}`)}
      crumbs={[{ label: t('rooms.cases'), link: { to: '/cases' } }]}
      actions={shown && <CaseActs of={shown} />}
    >
      <Loaded of={read}>{(data) => <Told of={data} again={() => void read.refetch()} />}</Loaded>
    </Page>
  );
}

function Told({ of: found, again }: { of: CaseDetail; again: () => void }) {
  const { t } = useTranslation('cases');
  const { may } = useMember();
  const { filters, setFilters } = useFilters<'tab'>();
  const { player, timeline } = found;
  const tabs: (Tab | false)[] = [
    { value: 'evidence', label: t('tabs.evidence'), panel: () => <Evidence of={found} /> },
    timeline !== null && {
      value: 'story',
      label: t('tabs.story'),
      panel: () => <Story timeline={timeline} openedAt={found.openedAt} />,
    },
    timeline !== null && { value: 'play', label: t('tabs.play'), panel: () => <Play of={timeline} /> },
    player !== null &&
      may('risk:read') && {
        value: 'links',
        label: t('tabs.links'),
        panel: () => <PlayerLinks player={player} />,
      },
  ];
  return (
    <Grid gap="lg">
      <Grid.Col span={{ base: 12, lg: filters.tab === 'links' ? 12 : 8 }}>
        <Stack>
          <Waiting of={found} />
          <PageTabs
            label={t('tabs.label')}
            tabs={tabs.filter((tab) => tab !== false)}
            value={filters.tab}
            onChange={(tab) => setFilters({ tab })}
          />
        </Stack>
      </Grid.Col>
      <Grid.Col span={{ base: 12, lg: filters.tab === 'links' ? 12 : 4 }}>
        <Stack>
          <Decision of={found} again={again} />
          <CaseFacts of={found} />
          <Notes of={found} />
          <OtherCases of={found} />
        </Stack>
      </Grid.Col>
    </Grid>
  );
}

/** That a second person has to agree first. */
function Waiting({ of: { approvalId, state } }: { of: CaseDetail }) {
  const { t } = useTranslation('cases');
  const { may } = useMember();
  if (approvalId === null || state === 'decided') return null;
  return (
    <Alert color="yellow" title={t('waits.title')}>
      {t('waits.hint')}{' '}
      {may('approvals:read') && (
        <TextLink to={{ to: '/approvals', search: { request: approvalId } }}>{t('waits.open')}</TextLink>
      )}
    </Alert>
  );
}
