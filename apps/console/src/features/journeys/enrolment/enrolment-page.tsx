import { Box, Button, Grid } from '@mantine/core';
import { useParams } from '@tanstack/react-router';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { type Answer, useAct, useRead } from '../../../api/index.ts';
import {
  ConfirmButton,
  Facts,
  Loaded,
  Page,
  Panel,
  PlayerLink,
  Skeletons,
  Status,
  tellDone,
  tellFailed,
  When,
} from '../../../kit/index.ts';
import { useMay } from '../../../session/index.ts';
import { Canvas, NO_KEYS } from '../drawing/canvas.tsx';
import { drawingOf, type Words } from '../drawing/flow.ts';
import { Follow } from '../drawing/follow.tsx';
import { useWords } from '../drawing/words.ts';
import type { Definition } from '../graph/types.ts';
import { useDefinition } from '../journey/use-definition.ts';
import { pathOf } from './path.ts';
import { SkipButton } from './skip-button.tsx';
import { Timeline } from './timeline.tsx';

type Run = Answer<'getJourneyEnrolment'>;
const EVERY_MS = 4_000;

/** One player's run through a journey: the way so far, all that happened, and what can be done. */
export function EnrolmentPage() {
  const params = useParams({ from: '/shell/journeys/$journeyId/enrolments/$enrolmentId' });
  const run = useRead('getJourneyEnrolment', { params }, { every: EVERY_MS });
  const journey = useRead('getJourney', { params: { journeyId: params.journeyId } });
  return (
    <Loaded of={journey}>
      {(drawn) => <Loaded of={run}>{(walked) => <View journey={drawn} run={walked} />}</Loaded>}
    </Loaded>
  );
}

function View({ journey, run }: { journey: Answer<'getJourney'>; run: Run }) {
  const definition = useDefinition(journey, run.version);
  if (!definition) return <Skeletons />;
  return <Drawn journey={journey} run={run} definition={definition} />;
}

interface Props {
  readonly journey: Answer<'getJourney'>;
  readonly run: Run;
  readonly definition: Definition;
}

function Drawn({ journey, run, definition }: Props) {
  const { t } = useTranslation('journeys');
  const words = useWords(definition);
  const node = definition.nodes[run.nodeId];
  return (
    <Page
      title={t('enrolment.title', { player: run.player })}
      beside={<Status of={run.status} />}
      crumbs={[
        { label: t('rooms.journeys'), link: { to: '/journeys' } },
        { label: journey.name, link: { to: '/journeys/$journeyId', params: { journeyId: journey.id } } },
      ]}
      actions={<Acts journey={journey} run={run} definition={definition} words={words} />}
    >
      <Grid>
        <Grid.Col span={{ base: 12, md: 7 }}>
          <Panel title={t('enrolment.way')} padded={false}>
            <Way run={run} definition={definition} words={words} />
          </Panel>
          <Box mt="md">
            <Panel>
              <Facts
                of={[
                  [t('players.player'), <PlayerLink key="p" id={run.player} />],
                  [t('players.at'), node ? words.title(run.nodeId, node) : run.nodeId],
                  [t('list.version'), t('version', { version: run.version })],
                  [t('players.entered'), <When key="e" at={run.enteredAt} style="full" />],
                  [t('players.converted'), <When key="c" at={run.convertedAt} style="full" />],
                  [
                    t('players.waitingFor'),
                    run.waitingFor === null ? null : (
                      <>
                        {t(`players.waits.${run.waitingFor}`)} <When at={run.wakeAt} style="full" />
                      </>
                    ),
                  ],
                  [
                    t('players.ended'),
                    run.ended && t(`reasons.${run.ended.reason}`, { defaultValue: run.ended.reason }),
                  ],
                ]}
              />
            </Panel>
          </Box>
        </Grid.Col>
        <Grid.Col span={{ base: 12, md: 5 }}>
          <Panel title={t('enrolment.timeline')}>
            <Timeline entries={run.timeline} definition={definition} words={words} />
          </Panel>
        </Grid.Col>
      </Grid>
    </Page>
  );
}

function Way({ run, definition, words }: { run: Run; definition: Definition; words: Words }) {
  const { t } = useTranslation('journeys');
  const drawing = useMemo(() => {
    const { nodes, edges } = pathOf(run.timeline);
    const here = run.status === 'active' ? run.nodeId : undefined;
    return drawingOf(definition, words, {
      editable: false,
      overlay: {
        toneOfNode: (id) => (id === here ? 'here' : nodes.has(id) ? 'walked' : 'faded'),
        toneOfEdge: (from, connector) => (edges.has(`${from} ${connector}`) ? 'walked' : 'faded'),
      },
    });
  }, [run, definition, words]);
  return (
    <Box h={400}>
      <Canvas
        label={t('enrolment.way')}
        help={NO_KEYS}
        {...drawing}
        nodesDraggable={false}
        nodesConnectable={false}
        elementsSelectable={false}
      >
        <Follow id={run.seq > 2 ? run.nodeId : undefined} />
      </Canvas>
    </Box>
  );
}

function Acts({ journey, run, definition, words }: Props & { words: Words }) {
  const { t } = useTranslation('journeys');
  const mayWrite = useMay('journeys:write');
  const params = { journeyId: run.journeyId, enrolmentId: run.id };
  const stuck = useRead(
    'listStuckEnrolments',
    { params: { journeyId: run.journeyId }, query: { limit: 100 } },
    { enabled: run.status === 'active' },
  );
  const retry = useAct('retryEnrolment', () => tellDone(t('attention.retried')));
  const withdraw = useAct('withdrawEnrolment', () => tellDone(t('enrolment.withdrawn')));
  if (!mayWrite || run.status !== 'active') return null;
  const isLate = stuck.data?.items.some(({ enrolment }) => enrolment.id === run.id) ?? false;
  const isHeld = journey.status === 'paused';
  return (
    <>
      <ConfirmButton
        label={t('enrolment.withdraw')}
        title={t('enrolment.withdrawTitle', { player: run.player })}
        consequence={t('enrolment.withdrawMeans')}
        reason="required"
        variant="default"
        color="red"
        onConfirm={(reason) => withdraw.mutateAsync({ params, body: { reason } })}
      />
      {isLate && !isHeld && (
        <Button
          variant="light"
          loading={retry.isPending}
          onClick={() => retry.mutate({ params }, { onError: tellFailed })}
        >
          {t('attention.retry')}
        </Button>
      )}
      {!isHeld && (
        <SkipButton
          enrolment={run}
          connectors={run.connectors}
          node={definition.nodes[run.nodeId]}
          words={words}
          size="sm"
        />
      )}
    </>
  );
}
