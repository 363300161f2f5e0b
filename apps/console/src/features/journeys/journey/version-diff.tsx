import { Box, Code, Stack, Table, Text } from '@mantine/core';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { type Answer, useRead } from '../../../api/index.ts';
import { Loaded, Skeletons } from '../../../kit/index.ts';
import { Canvas, NO_KEYS } from '../drawing/canvas.tsx';
import { drawingOf, type Words } from '../drawing/flow.ts';
import { useWords } from '../drawing/words.ts';
import { compare, edgeKey, united } from '../graph/compare.ts';
import type { Definition } from '../graph/types.ts';
import { useDefinition } from './use-definition.ts';

type Changes = Answer<'compareJourneyVersions'>;

interface Props {
  readonly journey: Answer<'getJourney'>;
  readonly from: number;
  /** null: the draft. */
  readonly to: number | null;
}

/** Two graphs in one picture: what is new, gone and changed, and below it field by field. */
export function VersionDiff({ journey, from, to }: Props) {
  const before = useDefinition(journey, from);
  const after = useDefinition(journey, to);
  const changes = useRead('compareJourneyVersions', {
    params: { journeyId: journey.id },
    query: { from, ...(to !== null && { to }) },
  });
  if (!before || !after) return <Skeletons rows={4} />;
  return (
    <Stack>
      <Picture before={before} after={after} />
      <Loaded of={changes}>{(data) => <Listed changes={data} before={before} after={after} />}</Loaded>
    </Stack>
  );
}

function Picture({ before, after }: { before: Definition; after: Definition }) {
  const { t } = useTranslation('journeys');
  const both = useMemo(() => united(before, after), [before, after]);
  const words = useWords(both);
  const drawing = useMemo(() => {
    const { nodes, edges } = compare(before, after);
    return drawingOf(both, words, {
      editable: false,
      overlay: {
        toneOfNode: (id) => nodes.get(id),
        toneOfEdge: (from, connector, to) => edges.get(edgeKey({ from, connector, to })),
      },
    });
  }, [before, after, both, words]);
  return (
    <Box h={420} bd="1px solid var(--mantine-color-default-border)" bdrs="md" style={{ overflow: 'hidden' }}>
      <Canvas
        label={t('versions.picture')}
        help={NO_KEYS}
        {...drawing}
        nodesDraggable={false}
        nodesConnectable={false}
        elementsSelectable={false}
      />
    </Box>
  );
}

function Listed({ changes, before, after }: { changes: Changes; before: Definition; after: Definition }) {
  const { t } = useTranslation('journeys');
  const words = useWords(after);
  const rows = [
    ...nodeRows(changes, { before, after }, words),
    ...changes.edges.map(({ change, edge }) => {
      const start = after.nodes[edge.from] ?? before.nodes[edge.from];
      const end = after.nodes[edge.to] ?? before.nodes[edge.to];
      const text = start && end && `${words.title(edge.from, start)} → ${words.title(edge.to, end)}`;
      const by = start ? words.connector(start, edge.connector) : edge.connector;
      return {
        what: `${text ?? edge.from} (${by})`,
        before: change === 'removed' ? t('tones.removed') : undefined,
        after: change === 'added' ? t('tones.added') : undefined,
      };
    }),
    ...changes.settings.map(({ field, before: was, after: is }) => ({
      what: `${t('settings.label')}: ${t(`settings.fields.${field}`)}`,
      before: shown(was),
      after: shown(is),
    })),
    ...changes.contents.map(({ contentId, before: was, after: is }) => ({
      what: t('versions.content', { id: contentId.slice(-8) }),
      before: was === null ? undefined : t('version', { version: was }),
      after: is === null ? undefined : t('version', { version: is }),
    })),
  ];
  if (rows.length === 0) return <Text fz="sm">{t('versions.same')}</Text>;
  return (
    <Table.ScrollContainer minWidth={520}>
      <Table aria-label={t('versions.difference')} verticalSpacing={6} layout="fixed">
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t('versions.what')}</Table.Th>
            <Table.Th>{t('versions.before')}</Table.Th>
            <Table.Th>{t('versions.after')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {rows.map((row, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: rows of what was answered, in its order
            <Table.Tr key={index}>
              <Table.Td style={{ overflowWrap: 'anywhere' }}>{row.what}</Table.Td>
              <Table.Td>{row.before !== undefined && <Value of={row.before} />}</Table.Td>
              <Table.Td>{row.after !== undefined && <Value of={row.after} />}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}

const Value = ({ of }: { of: string }) => (
  <Code block fz={11.5} style={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}>
    {of}
  </Code>
);

interface DiffRow {
  readonly what: string;
  readonly before: string | undefined;
  readonly after: string | undefined;
}

/** A node that is still there is told field by field, another one as a whole. */
function nodeRows(
  { nodes }: Changes,
  { before, after }: { before: Definition; after: Definition },
  words: Words,
): DiffRow[] {
  return nodes.flatMap(({ nodeId, change, fields }): DiffRow[] => {
    const [was, is] = [before.nodes[nodeId], after.nodes[nodeId]];
    const node = is ?? was;
    const title = node ? words.title(nodeId, node) : nodeId;
    if (change !== 'changed' || !was || !is)
      return [
        {
          what: title,
          before: was && words.summary(was),
          after: is && words.summary(is),
        },
      ];
    return fields.map((field) => ({
      what: `${title}: ${field}`,
      before: shown(Reflect.get(was, field)),
      after: shown(Reflect.get(is, field)),
    }));
  });
}

const shown = (value: unknown): string | undefined => {
  if (value === undefined || value === null) return undefined;
  return typeof value === 'string' ? value : JSON.stringify(value, null, 2);
};
