import { Button, Group, Stack, Text, Title } from '@mantine/core';
import { IconCopy, IconTrash } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useEditor } from '../editor/editor-context.ts';
import { EdgePanel } from './edge-panel.tsx';
import { NodePanel } from './node-panel.tsx';
import { SettingsPanel } from './settings-panel.tsx';

/** What is picked, and every setting of it; with nothing picked, the journey's own. */
export function Inspector() {
  const { picked, pickedEdge } = useEditor();
  const [id] = picked;
  if (pickedEdge) return <EdgePanel key={`${pickedEdge.from} ${pickedEdge.connector}`} {...pickedEdge} />;
  if (picked.length > 1) return <SeveralPanel />;
  if (id !== undefined) return <NodePanel key={id} id={id} />;
  return <SettingsPanel />;
}

function SeveralPanel() {
  const { t } = useTranslation('journeys');
  const { picked, remove, duplicate } = useEditor();
  return (
    <Stack>
      <Title order={2} fz="md">
        {t('inspector.several', { count: picked.length })}
      </Title>
      <Text fz="sm" c="dimmed">
        {t('inspector.severalHint')}
      </Text>
      <Group gap="xs">
        <Button variant="default" leftSection={<IconCopy size={15} />} onClick={duplicate}>
          {t('tools.duplicate')}
        </Button>
        <Button variant="light" color="red" leftSection={<IconTrash size={15} />} onClick={remove}>
          {t('tools.remove')}
        </Button>
      </Group>
    </Stack>
  );
}
