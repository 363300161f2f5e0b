import { ActionIcon, Indicator, Popover, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconBell } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { AttentionList, useAttention } from '../../kit/attention/index.ts';

/** How much waits for whoever is signed in, on every page, and the way to it. */
export function Bell() {
  const { t } = useTranslation('attention');
  const [opened, { toggle, close }] = useDisclosure();
  const items = useAttention() ?? [];
  const label = items.length === 0 ? t('nothing') : t('waiting', { count: items.length });
  return (
    <Popover opened={opened} onChange={toggle} onClose={close} width={320} position="bottom-end" trapFocus>
      <Indicator
        label={items.length}
        disabled={items.length === 0}
        size={16}
        offset={7}
        color="red.8"
        styles={{ indicator: { pointerEvents: 'none' } }}
      >
        <Popover.Target>
          <ActionIcon variant="subtle" color="gray" size={34} aria-label={label} onClick={toggle}>
            <IconBell size={18} />
          </ActionIcon>
        </Popover.Target>
      </Indicator>
      <Popover.Dropdown p="xs">
        <Text fz="sm" fw={600} p={8}>
          {t('title')}
        </Text>
        {items.length === 0 ? (
          <Text fz="sm" c="dimmed" px={8} pb={8}>
            {t('nothing')}
          </Text>
        ) : (
          <AttentionList items={items} onFollow={close} />
        )}
      </Popover.Dropdown>
    </Popover>
  );
}
