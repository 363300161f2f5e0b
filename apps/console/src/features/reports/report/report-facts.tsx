import { SimpleGrid } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { CampaignLink, Facts, Panel, PlayerLink, When, Who } from '../../../kit/index.ts';
import { useMember } from '../../../session/index.ts';
import { useSay } from '../../../texts/index.ts';
import { type Report, useKinds, useWords } from '../words.ts';

/** What the report is of, and when it is sent. */
export function ReportFacts({ report }: { report: Report }) {
  const { t } = useTranslation('reports');
  const { brand } = useMember();
  const say = useSay();
  const words = useWords();
  const kinds = useKinds();
  const { kind, filters, schedule, owner, shared, nextDueAt } = report;
  const title = kinds.data?.items.find((one) => one.kind === kind)?.title ?? kind;
  return (
    <SimpleGrid cols={{ base: 1, md: 2 }}>
      <Panel title={t('what')} isTall>
        <Facts
          of={[
            [t('kind'), say(title)],
            [t('period.label'), words.period(filters.period)],
            ...(filters.campaignId
              ? [[t('campaign'), <CampaignLink key="c" id={filters.campaignId} />] as const]
              : []),
            ...(filters.player ? [[t('player'), <PlayerLink key="p" id={filters.player} />] as const] : []),
            [t('owner'), <Who key="o" by={owner} />],
            [t('shared'), t(shared ? 'sharedYes' : 'sharedNo')],
          ]}
        />
      </Panel>
      <Panel title={t('schedule.label')} hint={t('schedule.clock', { zone: brand.timeZone })} isTall>
        {schedule === null ? (
          t('schedule.none')
        ) : (
          <Facts
            of={[
              [t('schedule.every'), words.every(schedule.every)],
              [t('schedule.format'), t(`formats.${schedule.format}`)],
              [t('schedule.recipients'), schedule.recipients.length],
              [t('nextDue'), <When key="n" at={nextDueAt} style="full" />],
            ]}
          />
        )}
      </Panel>
    </SimpleGrid>
  );
}
