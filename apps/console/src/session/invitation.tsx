import { Alert, Anchor, Button, PasswordInput, Stack } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useTranslation } from 'react-i18next';
import { useAct } from '../api/index.ts';
import { FrontPage } from './front-page.tsx';

/** Where an invitation's link leads: `/console/-invitation#<token>`. The token is in no request line and no log. */
export function AcceptInvitation() {
  const { t } = useTranslation('session');
  const token = location.hash.slice(1);
  const form = useForm({ initialValues: { password: '' } });
  const accept = useAct('acceptInvitation');
  const begin = <Anchor href={import.meta.env.BASE_URL}>{t('signIn.title')}</Anchor>;
  if (accept.isSuccess)
    return (
      <FrontPage title={t('invitation.done')} hint={t('invitation.doneHint')}>
        {begin}
      </FrontPage>
    );
  if (token === '')
    return (
      <FrontPage title={t('invitation.title')} hint={t('invitation.noToken')}>
        {begin}
      </FrontPage>
    );
  return (
    <FrontPage title={t('invitation.title')} hint={t('invitation.hint')}>
      <form onSubmit={form.onSubmit(({ password }) => accept.mutate({ body: { token, password } }))}>
        <Stack>
          {accept.error && <Alert color="red">{accept.error.message}</Alert>}
          <PasswordInput
            label={t('password')}
            description={t('passwordRule')}
            autoComplete="new-password"
            minLength={12}
            required
            autoFocus
            {...form.getInputProps('password')}
          />
          <Button type="submit" loading={accept.isPending}>
            {t('invitation.submit')}
          </Button>
        </Stack>
      </form>
    </FrontPage>
  );
}
