import { ActionIcon, Group, Paper, Tooltip } from '@mantine/core';
import { IconCopy, IconLayoutDistributeVertical, IconTrash } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useEditor } from './editor-context.ts';
import { useArrange } from './use-arrange.ts';

/** What can be done to the whole drawing, or to what is picked. */
export function CanvasTools() {
  const { t } = useTranslation('journeys');
  const editor = useEditor();
  const { picked, pickedEdge } = editor;
  const arrange = useArrange();
  return (
    <Paper withBorder p={3} radius="sm">
      <Group gap={2}>
        <Tool label={t('tools.arrange')} onClick={arrange}>
          <IconLayoutDistributeVertical size={17} />
        </Tool>
        <Tool label={t('tools.duplicate')} disabled={picked.length === 0} onClick={editor.duplicate}>
          <IconCopy size={17} />
        </Tool>
        <Tool
          label={t('tools.remove')}
          disabled={picked.length === 0 && pickedEdge === undefined}
          onClick={editor.remove}
        >
          <IconTrash size={17} />
        </Tool>
      </Group>
    </Paper>
  );
}

interface ToolProps {
  readonly label: string;
  readonly disabled?: boolean;
  readonly onClick: () => void;
  readonly children: ReactNode;
}

export const Tool = ({ label, disabled = false, onClick, children }: ToolProps) => (
  <Tooltip label={label}>
    <ActionIcon
      variant="subtle"
      color="gray"
      size={30}
      aria-label={label}
      disabled={disabled}
      onClick={onClick}
    >
      {children}
    </ActionIcon>
  </Tooltip>
);
