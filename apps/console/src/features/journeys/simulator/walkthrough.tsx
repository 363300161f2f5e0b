import { ActionIcon, Alert, Box, Group, Slider, Stack, Text, Tooltip, UnstyledButton } from '@mantine/core';
import { useInterval } from '@mantine/hooks';
import {
  IconPlayerPause,
  IconPlayerPlay,
  IconPlayerSkipBack,
  IconPlayerSkipForward,
} from '@tabler/icons-react';
import { type ReactNode, useEffect, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Answer } from '../../../api/index.ts';
import { durationText, Panel, Status, When } from '../../../kit/index.ts';
import { Canvas, NO_KEYS } from '../drawing/canvas.tsx';
import { drawingOf, type Words } from '../drawing/flow.ts';
import { Follow } from '../drawing/follow.tsx';
import { useWords } from '../drawing/words.ts';
import type { Definition } from '../graph/types.ts';
import { type Moment, walkedUntil } from './walk.ts';

const STEP_MS = 1_200;

/** What was simulated, moment by moment: a slider over its time, the way on the graph, and what happened in words. */
export function Walkthrough({
  result,
  definition,
}: {
  result: Answer<'simulateJourney'>;
  definition: Definition;
}) {
  const { t } = useTranslation('journeys');
  const { moments, end, cut } = result;
  const [at, setAt] = useState(0);
  const last = Math.max(0, moments.length - 1);
  const words = useWords(definition);
  const play = useInterval(() => setAt((before) => Math.min(before + 1, last)), STEP_MS);
  useEffect(() => {
    if (at >= last) play.stop();
  }, [at, last, play.stop]);
  const drawing = useMemo(() => {
    const { here, nodes, edges } = walkedUntil(moments, at);
    return drawingOf(definition, words, {
      editable: false,
      overlay: {
        toneOfNode: (id) => (id === here ? 'here' : nodes.has(id) ? 'walked' : 'faded'),
        toneOfEdge: (from, connector) => (edges.has(`${from} ${connector}`) ? 'walked' : 'faded'),
      },
    });
  }, [moments, at, definition, words]);
  const moment = moments[at];
  const start = Date.parse(moments[0]?.at ?? '');
  const sinceStart = (one: Moment): string => {
    const ms = Date.parse(one.at) - start;
    return ms < 1_000 ? t('simulate.atOnce') : `+ ${durationText(ms / 1_000)}`;
  };
  if (!moment) return <Alert color="yellow">{t('simulate.nothing')}</Alert>;
  return (
    <>
      {cut && <Alert color="yellow">{t('simulate.cut')}</Alert>}
      <Panel padded={false}>
        <Box h={380}>
          <Canvas
            label={t('simulate.picture')}
            help={NO_KEYS}
            {...drawing}
            nodesDraggable={false}
            nodesConnectable={false}
            elementsSelectable={false}
          >
            <Follow id={at === 0 ? undefined : moments[at]?.nodeId} />
          </Canvas>
        </Box>
        <Stack p="md" gap="sm">
          <Group justify="space-between">
            <Text fz="sm">
              <b>{sinceStart(moment)}</b> · <When at={moment.at} style="full" />
            </Text>
            <Status of={moment.status} />
          </Group>
          <Group wrap="nowrap" gap="xs">
            <Step label={t('simulate.back')} disabled={at === 0} onClick={() => setAt(at - 1)}>
              <IconPlayerSkipBack size={16} />
            </Step>
            <Step
              label={t(play.active ? 'simulate.pause' : 'simulate.play')}
              disabled={last === 0}
              onClick={() => {
                if (at >= last) setAt(0);
                play.toggle();
              }}
            >
              {play.active ? <IconPlayerPause size={16} /> : <IconPlayerPlay size={16} />}
            </Step>
            <Step label={t('simulate.on')} disabled={at === last} onClick={() => setAt(at + 1)}>
              <IconPlayerSkipForward size={16} />
            </Step>
            <Slider
              flex={1}
              mx="sm"
              min={0}
              max={last}
              step={1}
              value={at}
              onChange={setAt}
              disabled={last === 0}
              thumbLabel={t('simulate.time')}
              label={(index) => (moments[index] ? sinceStart(moments[index]) : '')}
              marks={moments.map((_, value) => ({ value }))}
            />
          </Group>
        </Stack>
      </Panel>
      <Panel
        title={t('simulate.log')}
        hint={t('simulate.end', {
          status: t(`states.${end.status}`),
          reason: end.reason ? t(`reasons.${end.reason}`, { defaultValue: end.reason }) : '',
        })}
      >
        <Stack gap={0} component="ol" p={0} m={0} style={{ listStyle: 'none' }}>
          {moments.map((one, index) => (
            <li key={`${one.at} ${one.steps[0]?.seq ?? index}`}>
              <UnstyledButton
                w="100%"
                px="xs"
                py={5}
                bdrs="sm"
                bg={index === at ? 'var(--mantine-primary-color-light)' : undefined}
                aria-current={index === at ? 'step' : undefined}
                onClick={() => setAt(index)}
              >
                <Group gap="sm" wrap="nowrap" align="flex-start">
                  <Text fz="xs" c="dimmed" w={130} style={{ flexShrink: 0 }}>
                    {sinceStart(one)}
                  </Text>
                  <MomentText of={one} definition={definition} words={words} />
                </Group>
              </UnstyledButton>
            </li>
          ))}
        </Stack>
      </Panel>
    </>
  );
}

function Step({
  label,
  disabled,
  onClick,
  children,
}: {
  label: string;
  disabled: boolean;
  onClick: () => void;
  children: ReactNode;
}) {
  return (
    <Tooltip label={label}>
      <ActionIcon variant="default" size={30} aria-label={label} disabled={disabled} onClick={onClick}>
        {children}
      </ActionIcon>
    </Tooltip>
  );
}

function MomentText({ of, definition, words }: { of: Moment; definition: Definition; words: Words }) {
  const { t } = useTranslation('journeys');
  const titleOf = (id: string): string => {
    const node = definition.nodes[id];
    return node ? words.title(id, node) : id;
  };
  const happened = [of.input?.name, of.input?.outcome].find((one) => typeof one === 'string');
  const node = definition.nodes[of.nodeId];
  return (
    <Text fz="sm" component="div">
      {of.steps.map(({ seq, nodeId, connector }) => {
        const left = definition.nodes[nodeId];
        return (
          <div key={seq}>
            {titleOf(nodeId)}
            {connector !== null && left && (
              <Text span c="dimmed" inherit>
                {' → '}
                {words.connector(left, connector)}
              </Text>
            )}
          </div>
        );
      })}
      {of.effects.map(({ seq, nodeId }) => (
        <div key={`effect ${seq}`}>{t('simulate.handedOver', { node: titleOf(nodeId) })}</div>
      ))}
      {of.waitingFor !== null && (
        <Text c="dimmed" fz="xs">
          {node && titleOf(of.nodeId)}: {t(`players.waits.${of.waitingFor}`)}
        </Text>
      )}
      {of.ignored.length > 0 && (
        <Text c="dimmed" fz="xs">
          {t('simulate.ignored', { what: happened ?? '' })}
        </Text>
      )}
    </Text>
  );
}
