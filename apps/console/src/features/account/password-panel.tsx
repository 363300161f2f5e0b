import { Button, Stack } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useTranslation } from 'react-i18next';
import { useAct } from '../../api/index.ts';
import { ErrorBox, Panel, SecretInput, tellDone } from '../../kit/index.ts';

export function PasswordPanel() {
  const { t } = useTranslation('account');
  const form = useForm({ initialValues: { currentPassword: '', newPassword: '' } });
  const change = useAct('changePassword', () => {
    form.reset();
    tellDone(t('password.done'));
  });
  return (
    <Panel title={t('password.title')} hint={t('password.hint')}>
      <form onSubmit={form.onSubmit((body) => change.mutate({ body }))}>
        <Stack gap="sm">
          {change.error && <ErrorBox error={change.error} />}
          <SecretInput
            label={t('password.current')}
            autoComplete="current-password"
            required
            {...form.getInputProps('currentPassword')}
          />
          <SecretInput
            label={t('password.new')}
            description={t('password.rule')}
            autoComplete="new-password"
            minLength={12}
            required
            {...form.getInputProps('newPassword')}
          />
          <Button type="submit" variant="default" loading={change.isPending}>
            {t('password.submit')}
          </Button>
        </Stack>
      </form>
    </Panel>
  );
}
