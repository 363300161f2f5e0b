import { Alert, Anchor, Button, PasswordInput, PinInput, Stack, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useAct } from '../api/index.ts';
import { FrontPage } from './front-page.tsx';

/** Signing in, in one step or two; then the page that was asked for is shown where it is. */
export function SignIn() {
  const [step, setStep] = useState<'password' | 'totp' | 'backup'>('password');
  const queries = useQueryClient();
  const entered = () => void queries.resetQueries();
  if (step === 'password') return <Password onEntered={entered} onSecondStep={() => setStep('totp')} />;
  if (step === 'totp') return <Totp onEntered={entered} onBackup={() => setStep('backup')} />;
  return <BackupCode onEntered={entered} />;
}

function Password({ onEntered, onSecondStep }: { onEntered: () => void; onSecondStep: () => void }) {
  const { t } = useTranslation('session');
  const form = useForm({ initialValues: { email: '', password: '' } });
  const signIn = useAct('signIn', ({ twoFactorRequired }) =>
    twoFactorRequired ? onSecondStep() : onEntered(),
  );
  return (
    <FrontPage title={t('signIn.title')} hint={t('signIn.hint')}>
      <form onSubmit={form.onSubmit((body) => signIn.mutate({ body }))}>
        <Stack>
          {signIn.error && <Alert color="red">{signIn.error.message}</Alert>}
          <TextInput
            label={t('email')}
            type="email"
            autoComplete="username"
            required
            autoFocus
            {...form.getInputProps('email')}
          />
          <PasswordInput
            label={t('password')}
            autoComplete="current-password"
            required
            {...form.getInputProps('password')}
          />
          <Button type="submit" loading={signIn.isPending}>
            {t('signIn.submit')}
          </Button>
        </Stack>
      </form>
    </FrontPage>
  );
}

function Totp({ onEntered, onBackup }: { onEntered: () => void; onBackup: () => void }) {
  const { t } = useTranslation('session');
  const [code, setCode] = useState('');
  const confirm = useAct('signInWithTotp', onEntered);
  return (
    <FrontPage title={t('totp.title')} hint={t('totp.hint')}>
      <Stack align="center">
        {confirm.error && (
          <Alert color="red" w="100%">
            {confirm.error.message}
          </Alert>
        )}
        <PinInput
          length={6}
          type="number"
          oneTimeCode
          autoFocus
          aria-label={t('totp.label')}
          value={code}
          onChange={setCode}
          onComplete={(whole) => confirm.mutate({ body: { code: whole } }, { onError: () => setCode('') })}
          disabled={confirm.isPending}
        />
        <Anchor component="button" type="button" fz="sm" onClick={onBackup}>
          {t('totp.lost')}
        </Anchor>
      </Stack>
    </FrontPage>
  );
}

function BackupCode({ onEntered }: { onEntered: () => void }) {
  const { t } = useTranslation('session');
  const form = useForm({ initialValues: { code: '' } });
  const confirm = useAct('signInWithBackupCode', onEntered);
  return (
    <FrontPage title={t('backup.title')} hint={t('backup.hint')}>
      <form onSubmit={form.onSubmit((body) => confirm.mutate({ body }))}>
        <Stack>
          {confirm.error && <Alert color="red">{confirm.error.message}</Alert>}
          <TextInput label={t('backup.label')} required autoFocus {...form.getInputProps('code')} />
          <Button type="submit" loading={confirm.isPending}>
            {t('signIn.submit')}
          </Button>
        </Stack>
      </form>
    </FrontPage>
  );
}
