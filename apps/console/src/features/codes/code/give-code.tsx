import { Button, Modal, Stack, Text, TextInput } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useAct } from '../../../api/index.ts';
import { ErrorBox, FormEnd } from '../../../kit/index.ts';
import { Assigned } from '../making/assigned.tsx';

/** Binds a code to one player. */
export function GiveCode({ codeId }: { codeId: string }) {
  const { t } = useTranslation('codes');
  const [opened, { open, close }] = useDisclosure();
  return (
    <>
      <Button variant="default" onClick={open}>
        {t('give.open')}
      </Button>
      <Modal opened={opened} onClose={close} title={t('give.title')} centered>
        <GiveForm codeId={codeId} onDone={close} />
      </Modal>
    </>
  );
}

function GiveForm({ codeId, onDone }: { codeId: string; onDone: () => void }) {
  const { t } = useTranslation('codes');
  const [player, setPlayer] = useState('');
  const give = useAct('distributeCodes');
  if (give.data) return <Assigned codes={give.data.codes} onClose={onDone} />;
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        give.mutate({ body: { codeId, player: player.trim() } });
      }}
    >
      <Stack>
        <Text fz="sm">{t('give.hint')}</Text>
        <TextInput
          label={t('player')}
          required
          maxLength={128}
          data-autofocus
          value={player}
          onChange={(event) => setPlayer(event.currentTarget.value)}
        />
        {give.error && <ErrorBox error={give.error} />}
        <FormEnd submit={t('give.submit')} isBusy={give.isPending} onCancel={onDone} />
      </Stack>
    </form>
  );
}
