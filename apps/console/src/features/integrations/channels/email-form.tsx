import { Fieldset, Group, NumberInput, Select, Stack, Textarea, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useTranslation } from 'react-i18next';
import { ErrorBox, fieldFaults, SecretInput } from '../../../kit/index.ts';
import { FormEnd } from '../form-button.tsx';
import { type FormProps, kept, orNull } from './kinds.ts';

const SECURITIES = ['starttls', 'tls', 'none'] as const;

/** An SMTP server, and who mail comes from. */
export function EmailForm({ of: there, save, onCancel }: FormProps<'smtp'>) {
  const { t } = useTranslation('integrations');
  const form = useForm({
    initialValues: {
      ...{ host: there?.host ?? '', port: there?.port ?? 587, security: there?.security ?? SECURITIES[0] },
      ...{ user: there?.user ?? '', password: '', replyTo: there?.replyTo ?? '' },
      from: { name: there?.from.name ?? '', address: there?.from.address ?? '' },
      dkim: { domain: there?.dkim?.domain ?? '', selector: there?.dkim?.selector ?? '' },
      dkimKey: '',
    },
  });
  const submit = ({ user, password, replyTo, dkim, dkimKey, ...values }: typeof form.values) =>
    save.mutate(
      {
        ...{ kind: 'smtp', ...values, user: orNull(user), replyTo: orNull(replyTo) },
        dkim: dkim.domain === '' ? null : dkim,
        ...kept('password', password),
        ...kept('dkimKey', dkimKey),
      },
      { onError: (error) => form.setErrors(fieldFaults(error)) },
    );
  return (
    <form onSubmit={form.onSubmit(submit)}>
      <Stack gap="sm">
        <Group gap="sm" align="flex-start" grow preventGrowOverflow={false}>
          <TextInput
            label={t('email.host')}
            placeholder="smtp.example.com"
            required
            data-autofocus
            {...form.getInputProps('host')}
          />
          <NumberInput
            label={t('email.port')}
            required
            hideControls
            min={1}
            max={65_535}
            maw={110}
            {...form.getInputProps('port')}
          />
          <Select
            label={t('email.security')}
            data={SECURITIES.map((value) => ({ value, label: t(`email.securities.${value}`) }))}
            allowDeselect={false}
            {...form.getInputProps('security')}
          />
        </Group>
        <Group gap="sm" align="flex-start" grow>
          <TextInput label={t('email.user')} autoComplete="off" {...form.getInputProps('user')} />
          <SecretInput
            label={t('password')}
            description={there?.hasPassword ? t('keptIfEmpty') : undefined}
            inputWrapperOrder={['label', 'input', 'description', 'error']}
            autoComplete="new-password"
            {...form.getInputProps('password')}
          />
        </Group>
        <Group gap="sm" align="flex-start" grow>
          <TextInput label={t('email.fromName')} required {...form.getInputProps('from.name')} />
          <TextInput
            label={t('email.fromAddress')}
            type="email"
            required
            {...form.getInputProps('from.address')}
          />
        </Group>
        <TextInput label={t('email.replyTo')} type="email" {...form.getInputProps('replyTo')} />
        <Fieldset legend={t('email.dkim')} variant="default">
          <Stack gap="sm">
            <Group gap="sm" align="flex-start" grow>
              <TextInput label={t('email.dkimDomain')} {...form.getInputProps('dkim.domain')} />
              <TextInput label={t('email.dkimSelector')} {...form.getInputProps('dkim.selector')} />
            </Group>
            <Textarea
              label={t('email.dkimKey')}
              description={t(there?.hasDkimKey ? 'keptIfEmpty' : 'email.dkimKeyHint')}
              autosize
              minRows={2}
              maxRows={6}
              spellCheck={false}
              styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)' } }}
              {...form.getInputProps('dkimKey')}
            />
          </Stack>
        </Fieldset>
        {save.error && <ErrorBox error={save.error} />}
        <FormEnd isBusy={save.isPending} onCancel={onCancel} />
      </Stack>
    </form>
  );
}
