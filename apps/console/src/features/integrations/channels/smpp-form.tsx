import { Group, NumberInput, Stack, Switch, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useTranslation } from 'react-i18next';
import { ErrorBox, fieldFaults, SecretInput } from '../../../kit/index.ts';
import { FormEnd } from '../form-button.tsx';
import { type FormProps, kept } from './kinds.ts';

/** A carrier's SMPP server. */
export function SmppForm({ of: there, save, onCancel }: FormProps<'smpp'>) {
  const { t } = useTranslation('integrations');
  const form = useForm({
    initialValues: {
      ...{ host: there?.host ?? '', port: there?.port ?? 2775, tls: there?.tls ?? false },
      ...{ systemId: there?.systemId ?? '', systemType: there?.systemType ?? '', password: '' },
      ...{ source: there?.source ?? '', perSecond: there?.perSecond ?? 10 },
    },
  });
  return (
    <form
      onSubmit={form.onSubmit(({ password, ...values }) =>
        save.mutate(
          { kind: 'smpp', ...values, ...kept('password', password) },
          { onError: (error) => form.setErrors(fieldFaults(error)) },
        ),
      )}
    >
      <Stack gap="sm">
        <Group gap="sm" align="flex-start" grow preventGrowOverflow={false}>
          <TextInput label={t('email.host')} required {...form.getInputProps('host')} />
          <NumberInput
            label={t('email.port')}
            required
            hideControls
            min={1}
            max={65_535}
            maw={110}
            {...form.getInputProps('port')}
          />
        </Group>
        <Switch label={t('sms.tls')} {...form.getInputProps('tls', { type: 'checkbox' })} />
        <Group gap="sm" align="flex-start" grow>
          <TextInput label={t('sms.systemId')} required maxLength={15} {...form.getInputProps('systemId')} />
          <SecretInput
            label={t('password')}
            description={there ? t('keptIfEmpty') : undefined}
            inputWrapperOrder={['label', 'input', 'description', 'error']}
            required={there === undefined}
            maxLength={8}
            autoComplete="new-password"
            {...form.getInputProps('password')}
          />
        </Group>
        <Group gap="sm" align="flex-start" grow>
          <TextInput label={t('sms.systemType')} maxLength={12} {...form.getInputProps('systemType')} />
          <TextInput label={t('sms.source')} required maxLength={20} {...form.getInputProps('source')} />
        </Group>
        <NumberInput
          label={t('sms.perSecond')}
          required
          min={1}
          max={1_000}
          allowDecimal={false}
          {...form.getInputProps('perSecond')}
        />
        {save.error && <ErrorBox error={save.error} />}
        <FormEnd isBusy={save.isPending} onCancel={onCancel} />
      </Stack>
    </form>
  );
}
