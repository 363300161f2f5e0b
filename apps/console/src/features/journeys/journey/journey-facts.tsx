import { Alert, Box, Group, Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { type Answer, useRead } from '../../../api/index.ts';
import { Count, durationText, Panel, Percent, When } from '../../../kit/index.ts';

/** What holds for the journey as a whole. */
export function JourneyFacts({ journey }: { journey: Answer<'getJourney'> }) {
  const { t } = useTranslation('journeys');
  const { draft, status, version, pausedAt } = journey;
  const { entry, entryCap, controlBps, quietHours, goal } = draft.settings;
  const isLooking = status === 'active' || status === 'paused';
  const run = useRead('getJourneyRun', { params: { journeyId: journey.id } }, { enabled: isLooking });
  const entering = entry.rule === 'once_per_period' ? entry.period : entry.rule;
  return (
    <Box mb="md">
      {status === 'paused' && (
        <Alert color="yellow" mb="sm">
          {t('page.pausedSince')} <When at={pausedAt} />
        </Alert>
      )}
      <Panel>
        <Strip
          of={[
            [t('list.version'), version === null ? t('page.neverPublished') : t('version', { version })],
            [t('settings.fields.entry'), t(`settings.entries.${entering}`)],
            ...(entryCap === null
              ? []
              : [[t('settings.fields.entryCap'), <Count key="c" of={entryCap} />] as const]),
            ...(controlBps === 0
              ? []
              : [[t('settings.fields.controlBps'), <Percent key="p" of={controlBps} digits={2} />] as const]),
            ...(quietHours
              ? [[t('settings.fields.quietHours'), `${quietHours.from}–${quietHours.to}`] as const]
              : []),
            ...(goal
              ? [
                  [
                    t('settings.fields.goal'),
                    t('page.goalWithin', {
                      event: goal.event.name,
                      span: durationText(goal.withinMs / 1_000),
                    }),
                  ] as const,
                ]
              : []),
            ...(run.data?.run ? [[t('page.looks'), <Looks key="l" run={run.data.run} />] as const] : []),
            [t('list.product'), t(`products.${journey.product}`)],
            [t('list.updated'), <When key="u" at={journey.updatedAt} />],
          ]}
        />
      </Panel>
    </Box>
  );
}

/** Facts side by side, for they are short. */
const Strip = ({ of }: { of: readonly (readonly [name: string, value: ReactNode])[] }) => (
  <Group component="dl" m={0} align="flex-start" style={{ gap: '10px 36px' }}>
    {of.map(([name, value]) => (
      <Stack key={name} gap={2} fz="sm">
        <Text component="dt" fz="xs" c="dimmed">
          {name}
        </Text>
        <Text component="dd" m={0} inherit>
          {value}
        </Text>
      </Stack>
    ))}
  </Group>
);

/** When players are looked at next for a schedule or segment, or how far the look has come. */
function Looks({ run }: { run: NonNullable<Answer<'getJourneyRun'>['run']> }) {
  const { t } = useTranslation('journeys');
  if (run.underWay) return t('page.looking', { looked: run.underWay.looked, entered: run.underWay.entered });
  return (
    <>
      {run.nextAt ? <When at={run.nextAt} /> : t('page.noMoreLooks')}
      {run.last && ` · ${t('page.lastLook', { looked: run.last.looked, entered: run.last.entered })}`}
    </>
  );
}
