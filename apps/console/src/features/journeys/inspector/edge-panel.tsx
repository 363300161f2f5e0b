import { Button, Stack, Text, Title } from '@mantine/core';
import { IconTrash } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useEditor } from '../editor/editor-context.ts';
import { WayOut } from './ways-out.tsx';

/** An edge: where it leaves, by which connector, and where it leads. */
export function EdgePanel({ from, connector }: { from: string; connector: string }) {
  const { t } = useTranslation('journeys');
  const { definition, words, remove } = useEditor();
  const node = definition.nodes[from];
  if (!node) return null;
  return (
    <Stack>
      <Title order={2} fz="md">
        {t('inspector.edge')}
      </Title>
      <Text fz="sm">{t('inspector.edgeFrom', { node: words.title(from, node) })}</Text>
      <WayOut id={from} connector={connector} />
      <Button variant="light" color="red" leftSection={<IconTrash size={15} />} onClick={remove}>
        {t('inspector.cut')}
      </Button>
    </Stack>
  );
}
