import { Button, Group, Modal, Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { DifferenceList } from './difference-list.tsx';
import { differences, merge } from './merge.ts';
import type { Conflict, Editable } from './use-editable.ts';

/** What a conflict is about. */
interface Told {
  /** What they changed, for people. */
  readonly changes: ReactNode;
  /** Names of what both changed, each in another way. */
  readonly overruled: readonly string[];
}

interface Props<State> {
  readonly of: Editable<State>;
  /** Part by part when left out. */
  readonly tell?: (conflict: Conflict<State>) => Told;
}

/** Somebody else saved meanwhile: says what they changed, and goes on with both or with theirs. Nothing typed is lost. */
export function ConflictDialog<State>({ of, tell }: Props<State>) {
  const { t } = useTranslation();
  if (!of.conflict) return null;
  const { base, theirs } = of.conflict;
  const { changes, overruled } = tell?.(of.conflict) ?? {
    changes: <DifferenceList of={differences(base, theirs.state)} label={t('conflict.changes')} />,
    overruled: merge(base, theirs.state, of.state).overruled,
  };
  return (
    <Modal opened onClose={of.leaveConflict} title={t('conflict.title')} centered size="lg">
      <Stack>
        <Text fz="sm">{t('conflict.hint')}</Text>
        {changes}
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
