import { Checkbox, Input, ScrollArea, Stack, Switch, Text, TextInput } from '@mantine/core';
import type { EventType } from '@promosmith/contract';
import { IconSearch } from '@tabler/icons-react';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { EVENT_GROUPS, type EventGroup } from './catalogue.ts';

interface Props {
  /** Null for all, also those added later. */
  readonly value: readonly EventType[] | null;
  readonly onChange: (types: EventType[] | null) => void;
  readonly error?: ReactNode;
}

/** Chooses events from the catalogue, by name or by what they mean. */
export function EventPicker({ value, onChange, error }: Props) {
  const { t } = useTranslation('webhooks');
  const [text, setText] = useState('');
  const sought = text.trim().toLowerCase();
  const matches = (type: EventType) => `${type} ${t(`events.${type}`)}`.toLowerCase().includes(sought);
  const groups = EVENT_GROUPS.map(({ about, types }) => ({ about, types: types.filter(matches) }));
  return (
    <Input.Wrapper label={t('form.events')} error={error}>
      <Stack gap="xs" mt={4}>
        <Switch
          label={t('form.allEvents')}
          checked={value === null}
          onChange={(event) => onChange(event.currentTarget.checked ? null : [])}
        />
        {value !== null && (
          <>
            <TextInput
              aria-label={t('form.findEvent')}
              placeholder={t('form.findEvent')}
              leftSection={<IconSearch size={14} />}
              value={text}
              onChange={(event) => setText(event.currentTarget.value)}
            />
            <ScrollArea.Autosize mah={300} type="auto" offsetScrollbars>
              <Stack gap="md">
                {groups
                  .filter(({ types }) => types.length > 0)
                  .map((group) => (
                    <Group key={group.about} of={group} chosen={value} onChange={onChange} />
                  ))}
              </Stack>
            </ScrollArea.Autosize>
            <Text fz="xs" c="dimmed">
              {t('form.chosen', { count: value.length })}
            </Text>
          </>
        )}
      </Stack>
    </Input.Wrapper>
  );
}

function Group({
  of: { about, types },
  chosen,
  onChange,
}: {
  of: EventGroup;
  chosen: readonly EventType[];
  onChange: (types: EventType[]) => void;
}) {
  const { t } = useTranslation('webhooks');
  const among = types.filter((type) => chosen.includes(type));
  const others = chosen.filter((type) => !types.includes(type));
  return (
    <Stack gap={6} role="group" aria-label={t(`about.${about}`)}>
      <Checkbox
        size="sm"
        fw={600}
        label={t(`about.${about}`)}
        checked={among.length === types.length}
        indeterminate={among.length > 0 && among.length < types.length}
        onChange={(event) => onChange(event.currentTarget.checked ? [...others, ...types] : [...others])}
      />
      {types.map((type) => (
        <Checkbox
          key={type}
          ml="lg"
          size="xs"
          label={
            <Text fz="sm" ff="monospace">
              {type}
            </Text>
          }
          description={t(`events.${type}`)}
          checked={chosen.includes(type)}
          onChange={(event) =>
            onChange(event.currentTarget.checked ? [...chosen, type] : chosen.filter((one) => one !== type))
          }
        />
      ))}
    </Stack>
  );
}
