import { Stack, TagsInput, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useTranslation } from 'react-i18next';
import { type Answer, useAct } from '../../../api/index.ts';
import { ErrorBox, SecretInput, tellDone } from '../../../kit/index.ts';
import { namedFaults } from '../faults.ts';
import { FormEnd } from '../form-button.tsx';

type Secret = Answer<'listJourneySecrets'>['items'][number];

/** @param of the one whose value is replaced; a new one without. */
export function SecretForm({ of: secret, onDone }: { of?: Secret; onDone: () => void }) {
  const { t } = useTranslation('integrations');
  const form = useForm({
    initialValues: { name: secret?.name ?? '', value: '', hosts: secret?.hosts ?? [] },
  });
  const put = useAct('putJourneySecret', () => {
    tellDone(t('saved'));
    onDone();
  });
  return (
    <form
      onSubmit={form.onSubmit(({ name, value, hosts }) =>
        put.mutate(
          { params: { secretName: name }, body: { value, hosts: hosts.length === 0 ? null : hosts } },
          { onError: (error) => form.setErrors(namedFaults(error)) },
        ),
      )}
    >
      <Stack gap="sm">
        <TextInput
          label={t('name')}
          description={t('secrets.nameHint')}
          placeholder="crm_key"
          required
          disabled={secret !== undefined}
          data-autofocus={secret === undefined || undefined}
          {...form.getInputProps('name')}
        />
        <SecretInput
          label={t('secrets.value')}
          description={t('secrets.valueHint')}
          autoComplete="off"
          required
          minLength={8}
          {...form.getInputProps('value')}
        />
        <TagsInput
          label={t('secrets.hosts')}
          description={t('secrets.hostsHint')}
          placeholder="api.example.com"
          maxTags={20}
          {...form.getInputProps('hosts')}
        />
        {put.error && <ErrorBox error={put.error} />}
        <FormEnd isBusy={put.isPending} onCancel={onDone} />
      </Stack>
    </form>
  );
}
