import {
  ActionIcon,
  Avatar,
  Box,
  Group,
  Menu,
  Text,
  Tooltip,
  useMantineColorScheme,
  VisuallyHidden,
} from '@mantine/core';
import { IconLanguage, IconLogout, IconMoon, IconSun, IconUser } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { lazy, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { useAct } from '../../api/index.ts';
import { useMember } from '../../session/index.ts';
import { LANGUAGES, type Language, speak } from '../../texts/index.ts';

/** The page does not wait for what it counts. */
const Bell = lazy(async () => ({ default: (await import('./bell.tsx')).Bell }));

/** What waits, light or dark, the language, one's own account, the way out. */
export function PersonMenu() {
  const { t, i18n } = useTranslation();
  const { session } = useMember();
  const queries = useQueryClient();
  const signOut = useAct('signOut', () => void queries.resetQueries());
  return (
    <Group gap={6} wrap="nowrap">
      <Suspense fallback={<Box w={34} />}>
        <Bell />
      </Suspense>
      <SchemeButton />
      <Menu position="bottom-end" width={230}>
        <Menu.Target>
          <ActionIcon variant="transparent" size={34}>
            <VisuallyHidden>{t('shell.account', { name: session.name })}</VisuallyHidden>
            <Avatar name={session.name} color="iris" size={30} aria-hidden />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Label>
            <Text fz="sm" fw={600} c="var(--mantine-color-text)" truncate>
              {session.name}
            </Text>
            <Text fz="xs" truncate>
              {session.email}
            </Text>
          </Menu.Label>
          <Menu.Item leftSection={<IconUser size={16} />} component={Link} to="/account">
            {t('rooms.account')}
          </Menu.Item>
          <Menu.Divider />
          {Object.entries(LANGUAGES).map(([code, name]) => (
            <Menu.Item
              key={code}
              leftSection={<IconLanguage size={16} />}
              fw={i18n.language === code ? 600 : undefined}
              lang={code}
              onClick={() => void speak(code as Language)}
            >
              {name}
            </Menu.Item>
          ))}
          <Menu.Divider />
          <Menu.Item leftSection={<IconLogout size={16} />} onClick={() => signOut.mutate({})}>
            {t('shell.signOut')}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
    </Group>
  );
}

function SchemeButton() {
  const { t } = useTranslation();
  const { toggleColorScheme, colorScheme } = useMantineColorScheme();
  return (
    <Tooltip label={t('shell.scheme')}>
      <ActionIcon
        variant="subtle"
        color="gray"
        size={34}
        onClick={toggleColorScheme}
        aria-label={t('shell.scheme')}
      >
        {colorScheme === 'dark' ? <IconSun size={18} /> : <IconMoon size={18} />}
      </ActionIcon>
    </Tooltip>
  );
}
