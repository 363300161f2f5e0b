import { Group, SimpleGrid, Stack, Table, Text } from '@mantine/core';
import { IconChartBar } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { type Answer, useRead } from '../../../api/index.ts';
import { Count, Empty, FilterSelect, Loaded, Nothing, Panel, Percent } from '../../../kit/index.ts';
import { useFilters } from '../../../routing/index.ts';
import { useMay } from '../../../session/index.ts';
import { numberFormat } from '../../../texts/index.ts';
import { Earned } from './earned.tsx';

type Report = Answer<'getJourneyReport'>;
const EVERY_MS = 15_000;
/** Chance of error up to which a difference is said to be one. */
const CONVINCING = 0.05;

/** How many reached the goal, against those who were kept out to compare with. */
export function ReportTab({ journey }: { journey: Answer<'getJourney'> }) {
  const { t } = useTranslation('journeys');
  const { filters, setFilters } = useFilters<'tab' | 'version'>();
  const mayAnalyse = useMay('analytics:read');
  const version = Number(filters.version) || undefined;
  const report = useRead(
    'getJourneyReport',
    { params: { journeyId: journey.id }, query: version === undefined ? {} : { version } },
    { every: journey.status === 'active' ? EVERY_MS : false },
  );
  if (journey.version === null)
    return (
      <Panel>
        <Empty icon={IconChartBar} title={t('report.none')} hint={t('report.noneHint')} />
      </Panel>
    );
  return (
    <Loaded of={report}>
      {(data) => (
        <Stack>
          <Group>
            <FilterSelect
              label={t('report.allVersions')}
              value={filters.version}
              onChange={(chosen) => setFilters({ version: chosen })}
              options={Array.from({ length: journey.version ?? 0 }, (_, index) => ({
                value: String(index + 1),
                label: t('version', { version: index + 1 }),
              })).toReversed()}
            />
          </Group>
          <SimpleGrid cols={{ base: 2, sm: 5 }}>
            <Figure label={t('report.entered')} value={<Count of={data.walked.entered} />} />
            <Figure label={t('report.inside')} value={<Count of={data.inside} />} />
            <Figure label={t('report.completed')} value={<Count of={data.completed} />} />
            <Figure label={t('report.exited')} value={<Count of={data.exited} />} />
            <Figure label={t('report.failed')} value={<Count of={data.failed} />} />
          </SimpleGrid>
          <Goal report={data} hasGoal={journey.draft.settings.goal !== null} />
          {data.control.entered > 0 && mayAnalyse && <Earned journeyId={journey.id} />}
        </Stack>
      )}
    </Loaded>
  );
}

const Figure = ({ label, value }: { label: string; value: ReactNode }) => (
  <Panel>
    <Text fz="xs" c="dimmed">
      {label}
    </Text>
    <Text fz={22} fw={650}>
      {value}
    </Text>
  </Panel>
);

const share = (rate: number | null): ReactNode =>
  rate === null ? <Nothing /> : <Percent of={rate * 10_000} digits={2} />;

function Goal({ report: { walked, control, uplift }, hasGoal }: { report: Report; hasGoal: boolean }) {
  const { t } = useTranslation('journeys');
  if (!hasGoal && walked.converted === 0)
    return (
      <Panel title={t('settings.fields.goal')}>
        <Text fz="sm" c="dimmed">
          {t('report.noGoal')}
        </Text>
      </Panel>
    );
  const groups = [
    ['walked', walked],
    ['control', control],
  ] as const;
  return (
    <Panel title={t('report.goal')} hint={t('report.goalHint')}>
      <Table maw={560} aria-label={t('report.goal')}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t('report.group')}</Table.Th>
            <Table.Th ta="end">{t('report.entered')}</Table.Th>
            <Table.Th ta="end">{t('report.reached')}</Table.Th>
            <Table.Th ta="end">{t('report.rate')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {groups.map(([name, group]) => (
            <Table.Tr key={name}>
              <Table.Td>{t(`report.groups.${name}`)}</Table.Td>
              <Table.Td ta="end">
                <Count of={group.entered} />
              </Table.Td>
              <Table.Td ta="end">
                <Count of={group.converted} />
              </Table.Td>
              <Table.Td ta="end">{share(group.rate)}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
      <Text fz="sm" mt="md">
        {uplift === null ? t('report.noControl') : <Uplift of={uplift} />}
      </Text>
    </Panel>
  );
}

function Uplift({
  of: { points, relative, converted, significance },
}: {
  of: NonNullable<Report['uplift']>;
}) {
  const { t } = useTranslation('journeys');
  const number = (value: number, digits = 1) =>
    numberFormat({ maximumFractionDigits: digits, signDisplay: 'exceptZero' }).format(value);
  return (
    <>
      <b>{t('report.points', { points: number(points * 100, 2) })}</b>
      {relative !== null && ` (${t('report.relative', { share: number(relative * 100) })})`}
      {' · '}
      {t('report.beyond', { players: number(converted) })}
      {' · '}
      {t(significance <= CONVINCING ? 'report.convincing' : 'report.unconvincing', {
        chance: numberFormat({ style: 'percent', maximumFractionDigits: 1 }).format(significance),
      })}
    </>
  );
}
