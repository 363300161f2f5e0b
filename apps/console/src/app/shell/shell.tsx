import { AppShell, Burger, Group, NavLink, ScrollArea, Text, UnstyledButton } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconSearch } from '@tabler/icons-react';
import { Link, Outlet, useLocation } from '@tanstack/react-router';
import { Suspense, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { Skeletons } from '../../kit/index.ts';
import { useMember } from '../../session/index.ts';
import { BrandMenu } from './brand-menu.tsx';
import { CommandPalette, openPalette } from './command-palette.tsx';
import { WINGS } from './navigation.ts';
import { PersonMenu } from './person-menu.tsx';
import classes from './shell.module.css';

const MAIN = 'main';

/** The frame of every page: where one can go, whose brand it is, who is signed in. */
export function Shell() {
  const { t } = useTranslation();
  const [opened, { toggle, close }] = useDisclosure();
  const { pathname } = useLocation();
  // biome-ignore lint/correctness/useExhaustiveDependencies: another page closes the menu of a phone
  useEffect(close, [pathname]);
  return (
    <AppShell
      layout="alt"
      header={{ height: 52 }}
      navbar={{ width: 232, breakpoint: 'sm', collapsed: { mobile: !opened } }}
      padding={{ base: 'sm', sm: 'lg' }}
    >
      <a href={`#${MAIN}`} className={classes.skip}>
        {t('shell.skip')}
      </a>
      <AppShell.Header className={classes.header} px={{ base: 'sm', sm: 'lg' }}>
        <Group h="100%" justify="space-between" wrap="nowrap">
          <Group gap="sm" wrap="nowrap" flex={1}>
            <Burger opened={opened} onClick={toggle} hiddenFrom="sm" size="sm" aria-label={t('shell.menu')} />
            <SearchButton />
          </Group>
          <PersonMenu />
        </Group>
      </AppShell.Header>
      <AppShell.Navbar className={classes.navbar} aria-label={t('shell.menu')}>
        <AppShell.Section p="xs">
          <Group wrap="nowrap" gap={4}>
            <BrandMenu />
            <Burger opened={opened} onClick={toggle} hiddenFrom="sm" size="sm" aria-label={t('shell.menu')} />
          </Group>
        </AppShell.Section>
        <AppShell.Section grow component={ScrollArea} scrollbarSize={6} px="xs" pb="md">
          <Rooms pathname={pathname} />
        </AppShell.Section>
      </AppShell.Navbar>
      <AppShell.Main id={MAIN} className={classes.main} tabIndex={-1}>
        <Suspense fallback={<Skeletons />}>
          <Outlet />
        </Suspense>
      </AppShell.Main>
      <CommandPalette />
    </AppShell>
  );
}

function Rooms({ pathname }: { pathname: string }) {
  const { t } = useTranslation();
  const { may } = useMember();
  const here = useRef<HTMLAnchorElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another page is another place in the menu
  useEffect(() => {
    here.current?.scrollIntoView({ block: 'nearest' });
  }, [pathname]);
  const isHere = (to: string) => pathname === to || pathname.startsWith(`${to}/`);
  return WINGS.map(({ name, rooms }) => {
    const open = rooms.filter(({ permission }) => may(permission));
    if (open.length === 0) return null;
    return (
      <div key={name}>
        <Text fz="xs" c="dimmed" fw={500} mt="sm" mb={2} px="xs">
          {t(`wings.${name}`)}
        </Text>
        {open.map(({ name: room, to, icon: IconOf }) => (
          <NavLink
            key={room}
            component={Link}
            to={to}
            label={t(`rooms.${room}`)}
            leftSection={<IconOf size={17} stroke={1.6} />}
            ref={isHere(to) ? here : null}
            active={isHere(to)}
            className={classes.room}
            py={4}
            px="xs"
          />
        ))}
      </div>
    );
  });
}

function SearchButton() {
  const { t } = useTranslation();
  return (
    <UnstyledButton
      onClick={openPalette}
      px="sm"
      py={6}
      flex={1}
      maw={380}
      bd="1px solid var(--mantine-color-default-border)"
      bdrs="md"
    >
      <Group gap="xs" wrap="nowrap">
        <IconSearch size={15} />
        <Text fz="sm" c="dimmed" flex={1} truncate>
          {t('shell.search')}
        </Text>
        <Text fz="xs" c="dimmed" visibleFrom="sm">
          {/mac/i.test(navigator.platform) ? '⌘K' : 'Ctrl K'}
        </Text>
      </Group>
    </UnstyledButton>
  );
}
