import { Button } from '@mantine/core';
import { IconArchiveOff } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { type Answer, useAct } from '../../../api/index.ts';
import { ConfirmButton, tellDone, tellFailed } from '../../../kit/index.ts';
import { useMay } from '../../../session/index.ts';

/** Takes a label tag out of what new content is offered, or puts it back. */
export function ArchiveButton({ label }: { label: Answer<'getLabel'> }) {
  const { t } = useTranslation('labels');
  const mayWrite = useMay('journeys:write');
  const params = { labelName: label.name };
  const archive = useAct('archiveLabel', () => tellDone(t('archive.done')));
  const restore = useAct('restoreLabel', () => tellDone(t('archive.restored')));
  if (!mayWrite) return null;
  if (label.archived)
    return (
      <Button
        variant="default"
        leftSection={<IconArchiveOff size={15} />}
        loading={restore.isPending}
        onClick={() => restore.mutate({ params }, { onError: tellFailed })}
      >
        {t('archive.restore')}
      </Button>
    );
  return (
    <ConfirmButton
      variant="default"
      label={t('archive.title')}
      title={t('archive.question', { name: label.name })}
      consequence={t('archive.means')}
      onConfirm={() => archive.mutateAsync({ params })}
    />
  );
}
