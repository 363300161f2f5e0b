import { Button, Group, Modal, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { DifferenceList } from './difference-list.tsx';
import { differences, merge } from './merge.ts';
import type { Editable } from './use-editable.ts';

/** Somebody else saved meanwhile: says what they changed, and goes on with both or with theirs. Nothing typed is lost. */
export function ConflictDialog<State>({ of }: { of: Editable<State> }) {
  const { t } = useTranslation();
  if (!of.conflict) return null;
  const { base, theirs } = of.conflict;
  const { overruled } = merge(base, theirs.state, of.state);
  return (
    <Modal opened onClose={of.leaveConflict} title={t('conflict.title')} centered size="lg">
      <Stack>
        <Text fz="sm">{t('conflict.hint')}</Text>
        <DifferenceList of={differences(base, theirs.state)} label={t('conflict.changes')} />
        {overruled.length > 0 && (
          <Text fz="sm">
            {t('conflict.overruled')} <b>{overruled.join(', ')}</b>
          </Text>
        )}
        <Group justify="flex-end" gap="xs">
          <Button variant="subtle" color="gray" onClick={of.leaveConflict}>
            {t('conflict.later')}
          </Button>
          <Button variant="default" onClick={() => of.settle('theirs')}>
            {t('conflict.theirs')}
          </Button>
          <Button onClick={() => of.settle('both')} data-autofocus>
            {t('conflict.both')}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
