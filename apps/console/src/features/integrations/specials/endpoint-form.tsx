import { Stack, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useTranslation } from 'react-i18next';
import { type Answer, useAct } from '../../../api/index.ts';
import { ErrorBox, tellDone } from '../../../kit/index.ts';
import { namedFaults } from '../faults.ts';
import { FormEnd } from '../form-button.tsx';

type Endpoint = Answer<'listSpecialEndpoints'>['items'][number];

interface Props {
  /** The one to be changed; a new one without. */
  readonly of?: Endpoint;
  readonly onSecret: (secret: string) => void;
  readonly onDone: () => void;
}

export function EndpointForm({ of: endpoint, onSecret, onDone }: Props) {
  const { t } = useTranslation('integrations');
  const form = useForm({ initialValues: { name: endpoint?.name ?? '', url: endpoint?.url ?? '' } });
  const put = useAct('putSpecialEndpoint', (made) => {
    tellDone(t('saved'));
    onDone();
    if ('secret' in made) onSecret(made.secret);
  });
  return (
    <form
      onSubmit={form.onSubmit(({ name, url }) =>
        put.mutate(
          { params: { endpointName: name }, body: { url } },
          { onError: (error) => form.setErrors(namedFaults(error)) },
        ),
      )}
    >
      <Stack gap="sm">
        <TextInput
          label={t('name')}
          description={t('specials.nameHint')}
          placeholder="gifts"
          required
          disabled={endpoint !== undefined}
          data-autofocus={endpoint === undefined || undefined}
          {...form.getInputProps('name')}
        />
        <TextInput
          label={t('url')}
          description={t('urlHint')}
          type="url"
          required
          {...form.getInputProps('url')}
        />
        {put.error && <ErrorBox error={put.error} />}
        <FormEnd isBusy={put.isPending} onCancel={onDone} />
      </Stack>
    </form>
  );
}
