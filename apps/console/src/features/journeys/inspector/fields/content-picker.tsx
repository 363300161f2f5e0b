import { Select } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useRead } from '../../../../api/index.ts';
import type { MessageKind } from '../../graph/types.ts';

const TYPING_MS = 200;
const LISTED = 50;

interface Props {
  readonly channel: MessageKind;
  readonly value: string | null;
  readonly error?: string | undefined;
  readonly onChange: (contentId: string | null) => void;
}

/** Content of the channel, from a library of any size, by a part of its name. */
export function ContentPicker({ channel, value, error, onChange }: Props) {
  const { t } = useTranslation('journeys');
  const [typed, setTyped] = useState('');
  const [text] = useDebouncedValue(typed.trim(), TYPING_MS);
  const chosen = useRead('getContent', { params: { contentId: value ?? '' } }, { enabled: value !== null });
  const current = value !== null && chosen.data?.id === value ? chosen.data : undefined;
  const part = text === current?.name ? '' : text;
  const found = useRead('listContent', {
    query: { channel, limit: LISTED, ...(part === '' ? {} : { name: part }) },
  });
  const options = (found.data?.items ?? []).map(({ id, name }) => ({ value: id, label: name }));
  const isListed = value === null || options.some((option) => option.value === value);
  return (
    <Select
      label={t('message.content')}
      placeholder={t('message.choose')}
      data={isListed ? options : [{ value, label: current?.name ?? value }, ...options]}
      value={value}
      error={error}
      searchable
      onSearchChange={setTyped}
      filter={({ options: all }) => all}
      nothingFoundMessage={t('message.noContent')}
      onChange={onChange}
    />
  );
}
