import { Alert, Button, Divider, PasswordInput, Select, Stack, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useTranslation } from 'react-i18next';
import { homeOf, ProblemError, useAct } from '../api/index.ts';
import { FrontPage } from './front-page.tsx';

const here = Intl.DateTimeFormat().resolvedOptions().timeZone;

/** The first brand and its owner: for whoever has the token that the server printed when it started. */
export function SetUp() {
  const { t } = useTranslation('session');
  const form = useForm({
    initialValues: {
      token: '',
      brand: { name: '', slug: '', timeZone: here, currency: 'EUR' },
      owner: { name: '', email: '', password: '' },
    },
  });
  const setUp = useAct('setUp', ({ brand }) => location.assign(homeOf(brand)));
  const faults = setUp.error instanceof ProblemError ? (setUp.error.problem.errors ?? []) : [];
  return (
    <FrontPage title={t('setUp.title')} hint={t('setUp.hint')}>
      <form
        onSubmit={form.onSubmit((body) =>
          setUp.mutate(
            { body },
            {
              onError: (error) =>
                form.setErrors(
                  Object.fromEntries(
                    (error instanceof ProblemError ? (error.problem.errors ?? []) : []).map(
                      ({ field, reason }) => [field, reason],
                    ),
                  ),
                ),
            },
          ),
        )}
      >
        <Stack>
          {setUp.error && faults.length === 0 && <Alert color="red">{setUp.error.message}</Alert>}
          <TextInput
            label={t('setUp.token')}
            description={t('setUp.tokenHint')}
            required
            autoFocus
            autoComplete="off"
            {...form.getInputProps('token')}
          />
          <Divider label={t('setUp.brand')} labelPosition="left" />
          <TextInput label={t('setUp.brandName')} required {...form.getInputProps('brand.name')} />
          <TextInput
            label={t('setUp.slug')}
            description={t('setUp.slugHint')}
            required
            pattern="[a-z0-9]([a-z0-9\-]*[a-z0-9])?"
            {...form.getInputProps('brand.slug')}
          />
          <Select
            label={t('setUp.timeZone')}
            data={Intl.supportedValuesOf('timeZone')}
            searchable
            allowDeselect={false}
            {...form.getInputProps('brand.timeZone')}
          />
          <TextInput
            label={t('setUp.currency')}
            required
            maxLength={10}
            {...form.getInputProps('brand.currency')}
          />
          <Divider label={t('setUp.owner')} labelPosition="left" />
          <TextInput
            label={t('setUp.name')}
            required
            autoComplete="name"
            {...form.getInputProps('owner.name')}
          />
          <TextInput
            label={t('email')}
            type="email"
            required
            autoComplete="username"
            {...form.getInputProps('owner.email')}
          />
          <PasswordInput
            label={t('password')}
            description={t('passwordRule')}
            required
            minLength={12}
            autoComplete="new-password"
            {...form.getInputProps('owner.password')}
          />
          <Button type="submit" loading={setUp.isPending}>
            {t('setUp.submit')}
          </Button>
        </Stack>
      </form>
    </FrontPage>
  );
}
