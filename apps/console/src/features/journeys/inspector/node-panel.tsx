import { ActionIcon, Alert, Divider, Group, Stack, Text, TextInput, Title, Tooltip } from '@mantine/core';
import { IconCopy, IconTrash } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Copyable } from '../../../kit/index.ts';
import { LOOK } from '../drawing/look.ts';
import { useEditor } from '../editor/editor-context.ts';
import type { GraphNode } from '../graph/types.ts';
import { useFaults } from './faults.ts';
import { KindForm } from './forms/kind-form.tsx';
import { WaysOut } from './ways-out.tsx';

/** One node: what it is called, what it does, where it leads, and what is wrong with it. */
export function NodePanel({ id }: { id: string }) {
  const { t } = useTranslation('journeys');
  const { definition, editNode, remove, duplicate } = useEditor();
  const faultOf = useFaults(id);
  const node = definition.nodes[id];
  if (!node) return null;
  const { icon: IconOf, color } = LOOK[node.kind];
  const change = (next: GraphNode, about?: string) => editNode(id, next, about);
  return (
    <Stack gap="md">
      <Group justify="space-between" wrap="nowrap">
        <Group gap="xs" wrap="nowrap">
          <IconOf size={20} stroke={1.7} color={`var(--mantine-color-${color}-light-color)`} aria-hidden />
          <Title order={2} fz="md">
            {t(`kinds.${node.kind}`)}
          </Title>
        </Group>
        <Group gap={2} wrap="nowrap">
          <Tooltip label={t('tools.duplicate')}>
            <ActionIcon variant="subtle" color="gray" aria-label={t('tools.duplicate')} onClick={duplicate}>
              <IconCopy size={16} />
            </ActionIcon>
          </Tooltip>
          <Tooltip label={t('tools.remove')}>
            <ActionIcon variant="subtle" color="red" aria-label={t('tools.remove')} onClick={remove}>
              <IconTrash size={16} />
            </ActionIcon>
          </Tooltip>
        </Group>
      </Group>
      <Text fz="xs" c="dimmed">
        {t(`hints.${node.kind}`)}
      </Text>
      <Whole id={id} />
      <TextInput
        label={t('inspector.name')}
        placeholder={t(`kinds.${node.kind}`)}
        maxLength={100}
        value={node.name ?? ''}
        error={faultOf('name')}
        onChange={(event) => change({ ...node, name: event.currentTarget.value || null }, 'name')}
      />
      <KindForm id={id} node={node} onChange={change} />
      <Divider />
      <WaysOut id={id} />
      {(node.kind === 'wait_event' || node.kind === 'trigger') && (
        <Text fz="xs" c="dimmed" component="div">
          {t('inspector.id')} <Copyable text={`events.${id}`} />
        </Text>
      )}
    </Stack>
  );
}

/** What is wrong with the node as a whole: no field of it says so. */
function Whole({ id }: { id: string }) {
  const { problems } = useEditor();
  const whole = problems.filter(({ nodeId, field, edge }) => nodeId === id && !field && !edge);
  if (whole.length === 0) return null;
  const isError = whole.some(({ severity }) => severity === 'error');
  return (
    <Alert color={isError ? 'red' : 'yellow'} p="xs">
      {whole.map((problem) => (
        <Text key={problem.key} fz="sm">
          {problem.message} {problem.fix}
        </Text>
      ))}
    </Alert>
  );
}
