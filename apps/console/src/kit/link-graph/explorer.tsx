import { Alert, Grid, SegmentedControl, Stack, Text } from '@mantine/core';
import { useLocalStorage } from '@mantine/hooks';
import { type ReactNode, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { clustersOf, type LinkGraph, type LinkNode } from './graph.ts';
import { LinksTable } from './links-table.tsx';
import { LinkPicture } from './picture.tsx';

interface Props {
  readonly graph: LinkGraph;
  /** The node everything is seen from. */
  readonly start: string;
  /** Whether there is more than the graph has. */
  readonly isCut: boolean;
  readonly onOpen: (node: LinkNode) => void;
  /** What is known of the selected node, and what can be done about it. */
  readonly about: (node: LinkNode) => ReactNode;
}

/** A graph as a picture or as a table, and what is known of the node that is selected. */
export function LinkExplorer({ graph, start, isCut, onOpen, about }: Props) {
  const { t } = useTranslation('fraud');
  const [how, setHow] = useLocalStorage<'picture' | 'table'>({
    key: 'promosmith.links',
    defaultValue: 'picture',
  });
  const [selected, setSelected] = useState<string>();
  const clusters = useMemo(() => clustersOf(graph), [graph]);
  const node = graph.nodes.find(({ id }) => id === selected);
  const open = (id: string) => {
    const opened = graph.nodes.find((one) => one.id === id);
    if (opened) onOpen(opened);
  };
  return (
    <Stack gap="sm">
      <SegmentedControl
        size="xs"
        aria-label={t('graph.how')}
        style={{ alignSelf: 'flex-start' }}
        data={[
          { value: 'picture', label: t('graph.picture') },
          { value: 'table', label: t('graph.table') },
        ]}
        value={how}
        onChange={(value) => setHow(value === 'table' ? 'table' : 'picture')}
      />
      {isCut && <Alert color="yellow">{t('graph.cut')}</Alert>}
      <Grid>
        <Grid.Col span={{ base: 12, lg: 8 }}>
          {how === 'table' ? (
            <LinksTable graph={graph} clusters={clusters} onSelect={setSelected} />
          ) : (
            <LinkPicture
              {...{ graph, clusters, start }}
              selected={node?.id}
              onSelect={setSelected}
              onOpen={open}
            />
          )}
        </Grid.Col>
        <Grid.Col span={{ base: 12, lg: 4 }} aria-live="polite">
          {node ? (
            about(node)
          ) : (
            <Text fz="sm" c="dimmed">
              {t('graph.select')}
            </Text>
          )}
        </Grid.Col>
      </Grid>
    </Stack>
  );
}
