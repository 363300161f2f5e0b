import { Stack, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useTranslation } from 'react-i18next';
import { ErrorBox, fieldFaults } from '../../../kit/index.ts';
import { FormEnd } from '../form-button.tsx';
import type { FormProps } from './kinds.ts';

/** Web push needs no account anywhere: its keys are made here. */
export function PushForm({ of: there, save, onCancel }: FormProps<'vapid'>) {
  const { t } = useTranslation('integrations');
  const form = useForm({ initialValues: { subject: there?.subject ?? '' } });
  return (
    <form
      onSubmit={form.onSubmit(({ subject }) =>
        save.mutate({ kind: 'vapid', subject }, { onError: (error) => form.setErrors(fieldFaults(error)) }),
      )}
    >
      <Stack gap="sm">
        <TextInput
          label={t('push.subject')}
          description={t('push.subjectHint')}
          placeholder="mailto:marketing@example.com"
          required
          data-autofocus
          {...form.getInputProps('subject')}
        />
        {save.error && <ErrorBox error={save.error} />}
        <FormEnd isBusy={save.isPending} onCancel={onCancel} />
      </Stack>
    </form>
  );
}
