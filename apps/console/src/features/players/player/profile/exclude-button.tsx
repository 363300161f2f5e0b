import { Button, Modal, Stack, Text, Textarea } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useDisclosure } from '@mantine/hooks';
import { useTranslation } from 'react-i18next';
import { useAct } from '../../../../api/index.ts';
import { ErrorBox, FormEnd, fieldFaults, InstantInput, tellDone } from '../../../../kit/index.ts';

/** Records that a player excluded themselves. */
export function ExcludeButton({ player }: { player: string }) {
  const { t } = useTranslation('players');
  const [opened, { open, close }] = useDisclosure();
  return (
    <>
      <Button variant="default" size="compact-sm" onClick={open}>
        {t('exclusion.open')}
      </Button>
      <Modal opened={opened} onClose={close} title={t('exclusion.title', { player })} centered>
        <ExcludeForm player={player} onDone={close} />
      </Modal>
    </>
  );
}

function ExcludeForm({ player, onDone }: { player: string; onDone: () => void }) {
  const { t } = useTranslation('players');
  const form = useForm<{ until: string | null; reason: string }>({
    initialValues: { until: null, reason: '' },
  });
  const exclude = useAct('setSelfExclusion', () => {
    tellDone(t('exclusion.done'));
    onDone();
  });
  return (
    <form
      onSubmit={form.onSubmit((values) =>
        exclude.mutate(
          { params: { externalId: player }, body: { excluded: true, ...values } },
          { onError: (error) => form.setErrors(fieldFaults(error)) },
        ),
      )}
    >
      <Stack>
        <Text fz="sm">{t('exclusion.consequence')}</Text>
        <InstantInput
          label={t('exclusion.untilWhen')}
          description={t('exclusion.untilHint')}
          {...form.getInputProps('until')}
          value={form.values.until}
        />
        <Textarea
          label={t('reason')}
          description={t('reasonHint')}
          required
          maxLength={500}
          autosize
          minRows={2}
          data-autofocus
          {...form.getInputProps('reason')}
        />
        {exclude.error && <ErrorBox error={exclude.error} />}
        <FormEnd submit={t('exclusion.open')} isBusy={exclude.isPending} onCancel={onDone} color="red" />
      </Stack>
    </form>
  );
}
