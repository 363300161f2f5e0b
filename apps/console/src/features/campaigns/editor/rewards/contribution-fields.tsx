import { ActionIcon, Button, Group, Stack, Text, TextInput } from '@mantine/core';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { PercentInput } from '../../../../kit/index.ts';
import { useCampaignForm } from '../form.ts';

const FULL = 10_000;

/** How much of a stake counts, by category of games and by game. */
export function ContributionFields({ path }: { path: string }) {
  const { t } = useTranslation('campaigns');
  return (
    <Stack gap="md">
      <Text fz="xs" c="dimmed">
        {t('contributions.hint')}
      </Text>
      <Shares
        path={`${path}.categories`}
        label={t('contributions.categories')}
        of={t('contributions.category')}
      />
      <Shares path={`${path}.games`} label={t('contributions.games')} of={t('contributions.game')} />
    </Stack>
  );
}

function Shares({ path, label, of }: { path: string; label: string; of: string }) {
  const { t } = useTranslation('campaigns');
  const form = useCampaignForm();
  const shares: Readonly<Record<string, number>> = form.getInputProps(path).value ?? {};
  const [name, setName] = useState('');
  const set = (next: Readonly<Record<string, number>>) => form.setFieldValue(path, next as never);
  const add = () => {
    const key = name.trim();
    if (key === '') return;
    set({ ...shares, [key]: shares[key] ?? FULL });
    setName('');
  };
  return (
    <Stack gap={6} role="group" aria-label={label}>
      <Text fz="sm" fw={500}>
        {label}
      </Text>
      {Object.entries(shares).map(([key, share]) => (
        <Group key={key} gap="xs" wrap="nowrap">
          <Text fz="sm" flex={1} truncate>
            {key}
          </Text>
          <PercentInput
            aria-label={t('contributions.shareOf', { name: key })}
            w={120}
            value={share}
            error={form.errors[`${path}.${key}`]}
            onChange={(next) => set({ ...shares, [key]: next ?? 0 })}
          />
          <ActionIcon
            variant="subtle"
            color="gray"
            aria-label={t('contributions.remove', { name: key })}
            onClick={() => set(Object.fromEntries(Object.entries(shares).filter(([one]) => one !== key)))}
          >
            <IconTrash size={15} />
          </ActionIcon>
        </Group>
      ))}
      <Group gap="xs" wrap="nowrap">
        <TextInput
          aria-label={of}
          placeholder={of}
          flex={1}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key !== 'Enter') return;
            event.preventDefault();
            add();
          }}
        />
        <Button variant="default" leftSection={<IconPlus size={14} />} onClick={add}>
          {t('add')}
        </Button>
      </Group>
    </Stack>
  );
}
