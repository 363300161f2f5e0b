import { Button, Menu, ScrollArea, Text, TextInput } from '@mantine/core';
import { IconPlus, IconSearch } from '@tabler/icons-react';
import { Fragment, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Known } from './facts.ts';

export interface InsertGroup {
  readonly name: string;
  readonly items: readonly Known[];
}

const MANY = 12;

/** What can be written here, by its name and meaning; picked, it is put where the cursor is. */
export function InsertMenu({
  groups,
  label,
  onPick,
}: {
  groups: readonly InsertGroup[];
  label: string;
  onPick: (name: string) => void;
}) {
  const { t } = useTranslation();
  const [looked, setLooked] = useState('');
  const part = looked.trim().toLowerCase();
  const matches = ({ name, label: words }: Known) => `${name} ${words}`.toLowerCase().includes(part);
  const shown = groups
    .map((group) => ({ ...group, items: group.items.filter(matches) }))
    .filter(({ items }) => items.length > 0);
  const count = groups.reduce((sum, { items }) => sum + items.length, 0);
  if (count === 0) return null;
  return (
    <Menu position="bottom-end" width={300} onClose={() => setLooked('')} trapFocus>
      <Menu.Target>
        <Button
          size="compact-xs"
          variant="subtle"
          leftSection={<IconPlus size={12} />}
          style={{ flexShrink: 0 }}
        >
          {label}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {count > MANY && (
          <TextInput
            size="xs"
            m={4}
            aria-label={t('insert.find')}
            placeholder={t('insert.find')}
            leftSection={<IconSearch size={13} />}
            value={looked}
            onChange={(event) => setLooked(event.currentTarget.value)}
          />
        )}
        <ScrollArea.Autosize mah={300}>
          {shown.map(({ name, items }) => (
            <Fragment key={name}>
              <Menu.Label>{name}</Menu.Label>
              {items.map((item) => (
                <Menu.Item key={item.name} onClick={() => onPick(item.name)} py={4}>
                  <Text fz="xs" ff="monospace">
                    {item.name}
                  </Text>
                  <Text fz="xs" c="dimmed">
                    {item.label}
                  </Text>
                </Menu.Item>
              ))}
            </Fragment>
          ))}
        </ScrollArea.Autosize>
      </Menu.Dropdown>
    </Menu>
  );
}
