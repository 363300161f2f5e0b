import { Button, Modal, Stack, Text, Textarea } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useDisclosure } from '@mantine/hooks';
import { useTranslation } from 'react-i18next';
import { useAct } from '../../../api/index.ts';
import { ErrorBox, FormEnd, fieldFaults, InstantInput, tellDone, When } from '../../../kit/index.ts';
import type { Bonus } from './kinds.ts';

/** Lets a bonus run longer. */
export function ExtendButton({ of: bonus }: { of: Bonus }) {
  const { t } = useTranslation('bonuses');
  const [opened, { open, close }] = useDisclosure();
  return (
    <>
      <Button variant="default" onClick={open}>
        {t('extend.label')}
      </Button>
      <Modal opened={opened} onClose={close} title={t('extend.title')} centered>
        <ExtendForm of={bonus} onDone={close} />
      </Modal>
    </>
  );
}

const WEEK_MS = 7 * 86_400_000;

const aWeekAfter = (at: string | null): string =>
  new Date((at === null ? Date.now() : Date.parse(at)) + WEEK_MS).toISOString();

function ExtendForm({ of: { id, expiresAt }, onDone }: { of: Bonus; onDone: () => void }) {
  const { t } = useTranslation('bonuses');
  const form = useForm({
    initialValues: { expiresAt: aWeekAfter(expiresAt) as string | null, reason: '' },
    validate: {
      expiresAt: (at) =>
        at === null || (expiresAt !== null && at <= expiresAt) ? t('extend.mustBeLater') : null,
    },
  });
  const extend = useAct('extendGrant', () => {
    tellDone(t('extend.done'));
    onDone();
  });
  const submit = ({ expiresAt: until, reason }: typeof form.values) => {
    if (until === null) return;
    extend.mutate(
      { params: { grantId: id }, body: { expiresAt: until, reason } },
      { onError: (error) => form.setErrors(fieldFaults(error)) },
    );
  };
  return (
    <form onSubmit={form.onSubmit(submit)}>
      <Stack gap="sm">
        <Text fz="sm" c="dimmed">
          {t('extend.now')} <When at={expiresAt} style="full" />
        </Text>
        <InstantInput
          label={t('extend.until')}
          required
          data-autofocus
          {...form.getInputProps('expiresAt')}
          value={form.values.expiresAt}
        />
        <Textarea
          label={t('reason')}
          description={t('reasonHint')}
          required
          maxLength={500}
          autosize
          minRows={2}
          {...form.getInputProps('reason')}
        />
        {extend.error && <ErrorBox error={extend.error} />}
        <FormEnd submit={t('extend.label')} isBusy={extend.isPending} onCancel={onDone} />
      </Stack>
    </form>
  );
}
