import { Button, Drawer } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useTranslation } from 'react-i18next';
import { type Answer, useAct } from '../../../api/index.ts';
import { ConfirmButton, ExportButton, tellDone } from '../../../kit/index.ts';
import { useMay } from '../../../session/index.ts';
import { AssignTo } from '../making/assign-form.tsx';

/** What can be done with all codes of a batch, by whoever may. */
export function BatchActs({ batch }: { batch: Answer<'getCodeBatch'> }) {
  const { t } = useTranslation('codes');
  const mayDisable = useMay('codes:disable');
  const mayExport = useMay('codes:export');
  const mayGive = useMay('codes:write');
  const disable = useAct('disableCodeBatch', () => tellDone(t('disableBatch.done')));
  if (batch.status !== 'ready') return null;
  return (
    <>
      {mayDisable && (
        <ConfirmButton
          variant="default"
          label={t('disableBatch.open')}
          title={t('disableBatch.title', { count: batch.size })}
          consequence={t('disableBatch.consequence')}
          reason="required"
          onConfirm={(reason) => disable.mutateAsync({ params: { batchId: batch.id }, body: { reason } })}
        />
      )}
      {mayExport && (
        <ExportButton
          route="exportCodeBatch"
          call={{ params: { batchId: batch.id } }}
          fileName={`codes-${batch.id}.csv`}
        />
      )}
      {mayGive && batch.codeKind === 'unique' && <Give batch={batch} />}
    </>
  );
}

function Give({ batch: { id, pattern, kind, size } }: { batch: Answer<'getCodeBatch'> }) {
  const { t } = useTranslation('codes');
  const [opened, { open, close }] = useDisclosure();
  const label = t('assign.batchOf', { what: pattern ?? t(`batchKinds.${kind}`), count: size });
  return (
    <>
      <Button onClick={open}>{t('assign.open')}</Button>
      <Drawer opened={opened} onClose={close} title={t('assign.title')} size="lg">
        <AssignTo batches={[{ value: id, label }]} hint={t('assign.hint')} onClose={close} />
      </Drawer>
    </>
  );
}
