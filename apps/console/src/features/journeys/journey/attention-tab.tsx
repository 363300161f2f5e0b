import { Button, Group, Text } from '@mantine/core';
import { IconMoodCheck } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { type Answer, useAct, useRead } from '../../../api/index.ts';
import {
  type Column,
  DataTable,
  Empty,
  listOf,
  Nothing,
  tellDone,
  tellFailed,
  When,
} from '../../../kit/index.ts';
import { useMay } from '../../../session/index.ts';
import { useSay } from '../../../texts/index.ts';
import { useWords } from '../drawing/words.ts';
import { SkipButton } from '../enrolment/skip-button.tsx';
import { useDefinition } from './use-definition.ts';

type Row = Answer<'listStuckEnrolments'>['items'][number];
const LISTED = 100;
const EVERY_MS = 15_000;

/** Players who wait for longer than they should, and what can be done for them. */
export function AttentionTab({ journey }: { journey: Answer<'getJourney'> }) {
  const { t } = useTranslation('journeys');
  const say = useSay();
  const mayWrite = useMay('journeys:write');
  const stuck = useRead(
    'listStuckEnrolments',
    { params: { journeyId: journey.id }, query: { limit: LISTED } },
    { enabled: journey.version !== null, every: EVERY_MS },
  );
  const definition = useDefinition(journey, journey.version) ?? journey.draft;
  const words = useWords(definition);
  const retry = useAct('retryEnrolment', () => tellDone(t('attention.retried')));
  const isHeld = journey.status === 'paused';
  const columns: readonly Column<Row>[] = [
    { id: 'player', header: t('players.player'), cell: ({ enrolment }) => enrolment.player },
    {
      id: 'node',
      header: t('players.at'),
      cell: ({ enrolment: { nodeId } }) => {
        const node = definition.nodes[nodeId];
        return node ? words.title(nodeId, node) : nodeId;
      },
    },
    {
      id: 'why',
      header: t('attention.why'),
      cell: ({ why, lastError }) => (
        <>
          {t(`attention.whys.${why}`)}
          {lastError !== null && (
            <Text fz="xs" c="dimmed" lineClamp={2} maw={360}>
              {say(lastError)}
            </Text>
          )}
        </>
      ),
    },
    { id: 'since', header: t('attention.since'), cell: ({ since }) => <When at={since} /> },
    {
      id: 'next',
      header: t('attention.next'),
      cell: ({ nextAttemptAt, attempts }) => (
        <>
          {nextAttemptAt === null ? <Nothing /> : <When at={nextAttemptAt} />}
          {attempts !== null && ` · ${t('attention.attempts', { count: attempts })}`}
        </>
      ),
    },
    ...(mayWrite && !isHeld
      ? [
          {
            id: 'acts',
            header: t('attention.acts'),
            cell: ({ enrolment, connectors }: Row) => (
              <Group gap={6} wrap="nowrap">
                <Button
                  size="compact-sm"
                  variant="light"
                  loading={retry.isPending && retry.variables?.params.enrolmentId === enrolment.id}
                  onClick={() =>
                    retry.mutate(
                      { params: { journeyId: journey.id, enrolmentId: enrolment.id } },
                      { onError: tellFailed },
                    )
                  }
                >
                  {t('attention.retry')}
                </Button>
                <SkipButton
                  enrolment={enrolment}
                  connectors={connectors}
                  node={definition.nodes[enrolment.nodeId]}
                  words={words}
                />
              </Group>
            ),
          },
        ]
      : []),
  ];
  return (
    <DataTable
      label={t('page.attention')}
      columns={columns}
      list={listOf(stuck)}
      rowKey={({ enrolment }) => enrolment.id}
      rowLink={({ enrolment }) => ({
        to: '/journeys/$journeyId/enrolments/$enrolmentId',
        params: { journeyId: journey.id, enrolmentId: enrolment.id },
      })}
      empty={
        <Empty
          icon={IconMoodCheck}
          title={t('attention.none')}
          hint={t(isHeld ? 'attention.held' : 'attention.noneHint')}
        />
      }
    />
  );
}
