import { ActionIcon, Button, Group, Text, Tooltip } from '@mantine/core';
import { useHotkeys } from '@mantine/hooks';
import { IconArrowBackUp, IconArrowForwardUp } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Editable } from './use-editable.ts';

/** Undo, redo and save, also by Ctrl+Z, Ctrl+Shift+Z and Ctrl+S. */
export function SaveBar<State>({ of }: { of: Editable<State> }) {
  const { t } = useTranslation();
  useHotkeys([
    ['mod+Z', of.undo],
    ['mod+shift+Z', of.redo],
  ]);
  // Whoever saves from inside of a field means it as well.
  useHotkeys([['mod+S', () => of.isChanged && void of.save()]], []);
  return (
    <Group gap={6} wrap="nowrap">
      {of.isChanged && (
        <Text fz="xs" c="dimmed" role="status">
          {t('editing.unsaved')}
        </Text>
      )}
      <Tooltip label={t('editing.undo')}>
        <ActionIcon
          variant="default"
          size="lg"
          aria-label={t('editing.undo')}
          disabled={!of.canUndo}
          onClick={of.undo}
        >
          <IconArrowBackUp size={16} />
        </ActionIcon>
      </Tooltip>
      <Tooltip label={t('editing.redo')}>
        <ActionIcon
          variant="default"
          size="lg"
          aria-label={t('editing.redo')}
          disabled={!of.canRedo}
          onClick={of.redo}
        >
          <IconArrowForwardUp size={16} />
        </ActionIcon>
      </Tooltip>
      <Button onClick={() => void of.save()} disabled={!of.isChanged} loading={of.isSaving}>
        {t('save')}
      </Button>
    </Group>
  );
}
