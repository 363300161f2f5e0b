import { Alert, Button, Center, Loader, Stack } from '@mantine/core';
import { lazy, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { BRAND, hasKey, homeOf, INVITATION, useRead } from '../api/index.ts';
import { FrontPage } from './front-page.tsx';
import { MemberProvider } from './member.tsx';

/** Whoever is signed in, which is nearly always, loads none of these. */
const SignIn = lazy(async () => ({ default: (await import('./sign-in.tsx')).SignIn }));
const SetUp = lazy(async () => ({ default: (await import('./set-up.tsx')).SetUp }));
const ChooseBrand = lazy(async () => ({ default: (await import('./choose-brand.tsx')).ChooseBrand }));
const AcceptInvitation = lazy(async () => ({ default: (await import('./invitation.tsx')).AcceptInvitation }));

const Waiting = () => (
  <Center mih="100dvh">
    <Loader aria-label="Promosmith" />
  </Center>
);

/**
 * Whoever is not signed in is asked to, at the address they came for; whoever is gets to the brand of the address, or
 * to the only one they have.
 */
export function Entrance({ children }: { children: ReactNode }) {
  const { data: session, error, isPending, refetch } = useRead('getSession', {});
  const isSignedOut = hasKey(error, 'unauthenticated');
  const setUp = useRead('getSetup', {}, { enabled: isSignedOut });
  if (location.pathname === INVITATION) return <AcceptInvitation />;
  if (isSignedOut) return setUp.isPending ? <Waiting /> : setUp.data?.needed ? <SetUp /> : <SignIn />;
  if (error) return <Failed error={error} again={() => void refetch()} />;
  if (isPending || !session) return <Waiting />;
  const membership = session.memberships.find(({ brand }) => brand === BRAND);
  if (membership)
    return (
      <MemberProvider
        session={session}
        membership={membership}
        whileWaiting={<Waiting />}
        failed={(reason) => <Failed error={reason} again={() => location.reload()} />}
      >
        {children}
      </MemberProvider>
    );
  const [only] = session.memberships;
  if (only && session.memberships.length === 1 && BRAND === undefined) {
    location.replace(homeOf(only.brand));
    return <Waiting />;
  }
  return <ChooseBrand session={session} asked={BRAND} />;
}

function Failed({ error, again }: { error: Error; again: () => void }) {
  const { t } = useTranslation();
  return (
    <FrontPage title={t('failed.title')}>
      <Stack>
        <Alert color="red">{error.message}</Alert>
        <Button variant="default" onClick={again}>
          {t('failed.again')}
        </Button>
      </Stack>
    </FrontPage>
  );
}
