import { Button, Group, Stack, Text } from '@mantine/core';
import { IconArrowsMaximize, IconArrowsMinimize } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Facts } from '../facts.tsx';
import { PlayerLink } from '../links.tsx';
import { Panel } from '../panel.tsx';
import { Count } from '../values.tsx';
import { type LinkGraph, type LinkNode, neighboursOf, PLAYER } from './graph.ts';

interface Props {
  readonly node: LinkNode;
  readonly graph: LinkGraph;
  readonly onExpand: () => Promise<void>;
  readonly onFold: () => void;
}

/** Of those that are linked, by name. */
const NAMED = 12;

/** What is known of a node of the graph, and ways to see more or less of what is around it. */
export function AboutNode({ node, graph, onExpand, onFold }: Props) {
  const { t } = useTranslation('fraud');
  const [isBusy, setBusy] = useState(false);
  const { kind, label, players, score } = node;
  const around = neighboursOf(graph).get(node.id) ?? [];
  const names = graph.nodes.filter(({ id }) => around.includes(id));
  const expand = async () => {
    setBusy(true);
    await onExpand();
    setBusy(false);
  };
  return (
    <Panel title={`${t(`identifiers.${kind}`, { defaultValue: kind })} ${label}`}>
      <Stack gap="sm">
        <Facts
          of={[
            kind === PLAYER
              ? ([t('graph.score'), <Count key="s" of={score} />] as const)
              : ([t('graph.players'), <Count key="p" of={players} />] as const),
            [
              t('graph.linked'),
              <Stack key="l" gap={2}>
                {names.slice(0, NAMED).map((other) => (
                  <Text key={other.id} span fz="sm">
                    {other.kind === PLAYER ? (
                      <PlayerLink id={other.label} />
                    ) : (
                      `${t(`identifiers.${other.kind}`, { defaultValue: other.kind })} ${other.label}`
                    )}
                  </Text>
                ))}
                {names.length > NAMED && (
                  <Text span fz="sm" c="dimmed">
                    {t('graph.more', { count: names.length - NAMED })}
                  </Text>
                )}
              </Stack>,
            ],
          ]}
        />
        {kind === PLAYER && (
          <Text fz="sm">
            {t('graph.openPlayer')}: <PlayerLink id={label} />
          </Text>
        )}
        <Group gap="xs">
          {kind === PLAYER && (
            <Button
              variant="default"
              size="compact-sm"
              leftSection={<IconArrowsMaximize size={14} />}
              loading={isBusy}
              onClick={() => void expand()}
            >
              {t('graph.expand')}
            </Button>
          )}
          <Button
            variant="default"
            size="compact-sm"
            leftSection={<IconArrowsMinimize size={14} />}
            onClick={onFold}
          >
            {t('graph.fold')}
          </Button>
        </Group>
      </Stack>
    </Panel>
  );
}
