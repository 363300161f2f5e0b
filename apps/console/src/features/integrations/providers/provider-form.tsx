import { Select, Stack, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useTranslation } from 'react-i18next';
import { type RowOf, useAct } from '../../../api/index.ts';
import { DurationInput, ErrorBox, SecretInput, tellDone } from '../../../kit/index.ts';
import { namedFaults } from '../faults.ts';
import { FormEnd } from '../form-button.tsx';

type Provider = RowOf<'listFreeRoundProviders'>;

const SHAPES = ['hmac256', 'formsha1', 'md5query'] as const;
const DAY_SECONDS = 86_400;

/** @param of the one to be changed; a new one without. */
export function ProviderForm({ of: provider, onDone }: { of?: Provider; onDone: () => void }) {
  const { t } = useTranslation('integrations');
  const form = useForm({
    initialValues: {
      name: provider?.name ?? '',
      shape: provider?.shape ?? SHAPES[0],
      baseUrl: provider?.baseUrl ?? '',
      accountId: provider?.accountId ?? '',
      secret: '',
      secretOverlapSeconds: DAY_SECONDS as number | undefined,
    },
  });
  const put = useAct('putFreeRoundProvider', () => {
    tellDone(t('saved'));
    onDone();
  });
  return (
    <form
      onSubmit={form.onSubmit(({ name, secretOverlapSeconds = 0, ...body }) =>
        put.mutate(
          { params: { provider: name }, body: { ...body, secretOverlapSeconds } },
          { onError: (error) => form.setErrors(namedFaults(error)) },
        ),
      )}
    >
      <Stack gap="sm">
        <TextInput
          label={t('name')}
          description={t('providers.nameHint')}
          required
          disabled={provider !== undefined}
          data-autofocus={provider === undefined || undefined}
          placeholder="acme-games"
          {...form.getInputProps('name')}
        />
        <Select
          label={t('providers.shape')}
          data={SHAPES.map((value) => ({ value, label: t(`providers.shapes.${value}`) }))}
          allowDeselect={false}
          {...form.getInputProps('shape')}
        />
        <TextInput
          label={t('url')}
          description={t('providers.urlHint')}
          type="url"
          required
          {...form.getInputProps('baseUrl')}
        />
        <TextInput
          label={t('providers.account')}
          description={t('providers.accountHint')}
          required
          {...form.getInputProps('accountId')}
        />
        <SecretInput
          label={t('providers.secret')}
          description={t(provider ? 'providers.secretAgain' : 'providers.secretHint')}
          autoComplete="off"
          required
          minLength={8}
          {...form.getInputProps('secret')}
        />
        {provider && (
          <DurationInput
            label={t('providers.overlap')}
            description={t('providers.overlapHint')}
            value={form.values.secretOverlapSeconds}
            onChange={(seconds) => form.setFieldValue('secretOverlapSeconds', seconds)}
          />
        )}
        {put.error && <ErrorBox error={put.error} />}
        <FormEnd isBusy={put.isPending} onCancel={onDone} />
      </Stack>
    </form>
  );
}
