import { Button, Modal, NumberInput, Stack, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Answer, useAct } from '../../../api/index.ts';
import { ErrorBox, FormEnd, tellDone } from '../../../kit/index.ts';

interface Props {
  readonly code: Answer<'getCode'>;
  readonly maxUses: number;
}

/** Lets a code be used more often; where the brand says so a second person has to agree. */
export function RaiseLimit({ code, maxUses }: Props) {
  const { t } = useTranslation('codes');
  const [opened, { open, close }] = useDisclosure();
  return (
    <>
      <Button onClick={open}>{t('raise.open')}</Button>
      <Modal opened={opened} onClose={close} title={t('raise.title', { code: code.code })} centered>
        <RaiseForm code={code} maxUses={maxUses} onDone={close} />
      </Modal>
    </>
  );
}

function RaiseForm({ code, maxUses, onDone }: Props & { onDone: () => void }) {
  const { t } = useTranslation('codes');
  const [wanted, setWanted] = useState<number | string>(maxUses + 1);
  const raise = useAct('raiseCodeLimit', (answer) => {
    const waits = 'approvalId' in answer;
    tellDone(t(waits ? 'raise.waits' : 'raise.done'));
    onDone();
  });
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        raise.mutate({ params: { codeId: code.id }, body: { maxUses: Number(wanted) } });
      }}
    >
      <Stack>
        <Text fz="sm">{t('raise.hint', { uses: code.uses, maxUses })}</Text>
        <NumberInput
          label={t('maxUses')}
          min={maxUses + 1}
          allowDecimal={false}
          required
          data-autofocus
          value={wanted}
          onChange={setWanted}
        />
        {raise.error && <ErrorBox error={raise.error} />}
        <FormEnd submit={t('raise.submit')} isBusy={raise.isPending} onCancel={onDone} />
      </Stack>
    </form>
  );
}
