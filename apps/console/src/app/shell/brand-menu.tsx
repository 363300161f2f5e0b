import { Avatar, Group, Menu, Stack, Text, UnstyledButton } from '@mantine/core';
import { IconCheck, IconSelector } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { homeOf } from '../../api/index.ts';
import { useMember } from '../../session/index.ts';

/** Which brand this is, and the others one works for. Another brand is another page load: nothing is carried over. */
export function BrandMenu() {
  const { t } = useTranslation();
  const { brand, role, session } = useMember();
  return (
    <Menu position="bottom-start" width={232}>
      <Menu.Target>
        <UnstyledButton p={6} w="100%">
          <Group gap="xs" wrap="nowrap">
            <Avatar name={brand.name} color="iris" variant="filled" size={30} radius="sm" aria-hidden />
            <Stack gap={0} flex={1} miw={0}>
              <Text fz="sm" fw={600} truncate>
                {brand.name}
              </Text>
              <Text fz="xs" c="dimmed" truncate>
                {t(`roles.${role}`)}
              </Text>
            </Stack>
            <IconSelector size={16} />
          </Group>
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{t('shell.brands')}</Menu.Label>
        {session.memberships.map(({ brand: slug, brandName }) => (
          <Menu.Item
            key={slug}
            component="a"
            href={homeOf(slug)}
            rightSection={slug === brand.slug ? <IconCheck size={16} /> : undefined}
          >
            {brandName}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
