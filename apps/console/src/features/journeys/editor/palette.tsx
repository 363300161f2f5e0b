import { Stack, Text, UnstyledButton } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { LOOK } from '../drawing/look.ts';
import { PALETTE } from '../graph/kinds.ts';
import type { Kind } from '../graph/types.ts';
import classes from './editor.module.css';
import { useEditor } from './editor-context.ts';

export const DRAGGED = 'application/x-promosmith-kind';

/** Everything a journey can be made of: dragged to its place, or clicked to come after what is picked. */
export function Palette() {
  const { t } = useTranslation('journeys');
  return (
    <nav className={classes.palette} aria-label={t('palette.label')} data-place="palette">
      <Text fz="xs" c="dimmed" px={4} pb={6}>
        {t('palette.hint')}
      </Text>
      <div className={classes.groups}>
        {PALETTE.map(({ group, kinds }) => (
          <Stack key={group} gap={2} className={classes.group ?? ''}>
            <Text fz={11} fw={600} c="dimmed" px={4}>
              {t(`palette.${group}`)}
            </Text>
            {kinds.map((kind) => (
              <Piece key={kind} kind={kind} />
            ))}
          </Stack>
        ))}
      </div>
    </nav>
  );
}

function Piece({ kind }: { kind: Kind }) {
  const { t } = useTranslation('journeys');
  const { add, definition } = useEditor();
  const { icon: IconOf, color } = LOOK[kind];
  const isTaken = kind === 'trigger' && Object.values(definition.nodes).some((node) => node.kind === kind);
  return (
    <UnstyledButton
      className={classes.piece ?? ''}
      draggable={!isTaken}
      disabled={isTaken}
      title={t(`hints.${kind}`)}
      onDragStart={(event) => {
        event.dataTransfer.setData(DRAGGED, kind);
        event.dataTransfer.effectAllowed = 'copy';
      }}
      onClick={() => add(kind)}
    >
      <IconOf size={16} stroke={1.7} color={`var(--mantine-color-${color}-light-color)`} aria-hidden />
      {t(`kinds.${kind}`)}
    </UnstyledButton>
  );
}
