import { Stack, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useTranslation } from 'react-i18next';
import { ErrorBox, fieldFaults, SecretInput } from '../../../kit/index.ts';
import { FormEnd } from '../form-button.tsx';
import { type FormProps, kept } from './kinds.ts';

const API = 'https://api.telegram.org';

/** A bot that players have started. */
export function TelegramForm({ of: there, save, onCancel }: FormProps<'telegram'>) {
  const { t } = useTranslation('integrations');
  const form = useForm({ initialValues: { botToken: '', apiUrl: there?.apiUrl ?? API } });
  return (
    <form
      onSubmit={form.onSubmit(({ botToken, apiUrl }) =>
        save.mutate(
          { kind: 'telegram', apiUrl, ...kept('botToken', botToken) },
          { onError: (error) => form.setErrors(fieldFaults(error)) },
        ),
      )}
    >
      <Stack gap="sm">
        <SecretInput
          label={t('telegram.token')}
          description={t(there ? 'keptIfEmpty' : 'telegram.tokenHint')}
          required={there === undefined}
          autoComplete="off"
          data-autofocus
          {...form.getInputProps('botToken')}
        />
        <TextInput
          label={t('telegram.api')}
          description={t('telegram.apiHint')}
          type="url"
          required
          {...form.getInputProps('apiUrl')}
        />
        {save.error && <ErrorBox error={save.error} />}
        <FormEnd isBusy={save.isPending} onCancel={onCancel} />
      </Stack>
    </form>
  );
}
