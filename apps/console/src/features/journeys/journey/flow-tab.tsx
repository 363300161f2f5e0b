import { Box, Group, SegmentedControl, Text } from '@mantine/core';
import { IconPencil, IconRoute } from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Answer, useRead } from '../../../api/index.ts';
import { Empty, LinkButton, Panel, Skeletons } from '../../../kit/index.ts';
import { useFilters } from '../../../routing/index.ts';
import { useMay } from '../../../session/index.ts';
import { Canvas } from '../drawing/canvas.tsx';
import { useFirstView, type View } from '../drawing/first-view.ts';
import { drawingOf } from '../drawing/flow.ts';
import { GraphList } from '../drawing/graph-list.tsx';
import { useWords } from '../drawing/words.ts';
import type { Definition } from '../graph/types.ts';
import { useDefinition } from './use-definition.ts';
import { VersionSelect } from './version-select.tsx';

type Counts = Answer<'getJourneyCounts'>['nodes'];
const EVERY_MS = 10_000;
const HEIGHT = 'max(420px, calc(100dvh - 370px))';

/** The graph that players walk, with how many went where, as it happens. */
export function FlowTab({ journey }: { journey: Answer<'getJourney'> }) {
  const { t } = useTranslation('journeys');
  const { filters, setFilters } = useFilters<'version' | 'tab'>();
  const mayWrite = useMay('journeys:write');
  const [view, setView] = useState<View>(useFirstView());
  const version = Number(filters.version) || journey.version;
  const definition = useDefinition(journey, version);
  const counts = useRead(
    'getJourneyCounts',
    { params: { journeyId: journey.id }, query: version === null ? {} : { version } },
    { enabled: version !== null, every: journey.status === 'active' ? EVERY_MS : false },
  );
  if (!definition) return <Skeletons />;
  if (version === null && Object.keys(definition.nodes).length <= 1)
    return (
      <Panel>
        <Empty
          icon={IconRoute}
          title={t('flow.none')}
          hint={t('flow.noneHint')}
          action={
            mayWrite && (
              <LinkButton
                to="/journeys/$journeyId/edit"
                params={{ journeyId: journey.id }}
                leftSection={<IconPencil size={16} />}
              >
                {t('list.draw')}
              </LinkButton>
            )
          }
        />
      </Panel>
    );
  return (
    <>
      <Group justify="space-between" mb="sm">
        <Text fz="sm" c="dimmed">
          {t(version === null ? 'flow.draftHint' : 'flow.hint')}
        </Text>
        <Group gap="xs">
          {version !== null && (
            <VersionSelect
              journey={journey}
              label={t('list.version')}
              value={version}
              onChange={(chosen) => setFilters({ version: chosen === null ? undefined : String(chosen) })}
            />
          )}
          <SegmentedControl
            size="xs"
            aria-label={t('editor.view')}
            value={view}
            onChange={(chosen) => setView(chosen as View)}
            data={[
              { value: 'canvas', label: t('editor.canvas') },
              { value: 'list', label: t('editor.list') },
            ]}
          />
        </Group>
      </Group>
      <Flow
        journeyId={journey.id}
        definition={definition}
        counts={counts.data?.version === version ? counts.data.nodes : []}
        isCounted={version !== null}
        isList={view === 'list'}
      />
    </>
  );
}

interface FlowProps {
  readonly journeyId: string;
  readonly definition: Definition;
  readonly counts: Counts;
  readonly isCounted: boolean;
  readonly isList: boolean;
}

/** A node opens the players who are there. */
function Flow({ journeyId, definition, counts, isCounted, isList }: FlowProps) {
  const { t } = useTranslation('journeys');
  const words = useWords(definition);
  const navigate = useNavigate();
  const open = (node: string) =>
    void navigate({ to: '/journeys/$journeyId', params: { journeyId }, search: { tab: 'players', node } });
  const drawing = useMemo(() => {
    const byNode = new Map(counts.map((node) => [node.nodeId, node]));
    return drawingOf(definition, words, {
      editable: false,
      ...(isCounted && {
        overlay: {
          waiting: (id: string) => byNode.get(id)?.waiting,
          left: (id: string, connector: string) => byNode.get(id)?.left[connector] ?? 0,
        },
      }),
    });
  }, [definition, words, counts, isCounted]);
  if (isList) return <GraphList definition={definition} words={words} picked={[]} onPick={open} />;
  return (
    <Panel padded={false}>
      <Box h={HEIGHT}>
        <Canvas
          label={t('canvas.label')}
          help={{ node: t('canvas.whoHelp'), edge: '' }}
          {...drawing}
          nodesDraggable={false}
          nodesConnectable={false}
          edgesFocusable={false}
          onNodeClick={(_, { id }) => open(id)}
          onKeyDown={(event) => {
            const id =
              event.target instanceof Element &&
              event.target.closest('.react-flow__node')?.getAttribute('data-id');
            if (id && event.key === 'Enter') open(id);
          }}
        />
      </Box>
    </Panel>
  );
}
