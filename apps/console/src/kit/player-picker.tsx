import { Autocomplete, type AutocompleteProps } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useRead } from '../api/index.ts';

const TYPING_MS = 200;
const LISTED = 20;

type Props = Omit<AutocompleteProps, 'data' | 'value' | 'onChange'> & {
  /** The platform's own id, as far as it is typed. */
  readonly value: string;
  readonly onChange: (externalId: string) => void;
};

/** One of any number of players, by the first characters of the platform's own id. */
export function PlayerPicker({ value, onChange, ...input }: Props) {
  const [typed] = useDebouncedValue(value.trim(), TYPING_MS);
  const found = useRead('listPlayers', {
    query: { limit: LISTED, ...(typed === '' ? {} : { externalId: typed }) },
  });
  return (
    <Autocomplete
      {...input}
      data={(found.data?.items ?? []).map(({ externalId }) => externalId)}
      value={value}
      onChange={onChange}
      filter={({ options }) => options}
      autoComplete="off"
      comboboxProps={{ position: 'bottom-start' }}
    />
  );
}
