import { SimpleGrid } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Page } from '../../kit/index.ts';
import { useMember } from '../../session/index.ts';
import { PasswordPanel } from './password-panel.tsx';
import { TwoFactorPanel } from './two-factor-panel.tsx';

/** One's own sign-in: password and second step. */
export function AccountPage() {
  const { t } = useTranslation('account');
  const { session } = useMember();
  return (
    <Page title={session.name} description={t('description', { email: session.email })} width="reading">
      <SimpleGrid cols={{ base: 1, sm: 2 }}>
        <PasswordPanel />
        <TwoFactorPanel />
      </SimpleGrid>
    </Page>
  );
}
