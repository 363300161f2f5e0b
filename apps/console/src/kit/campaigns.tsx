import { Select, type SelectProps } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useState } from 'react';
import { useRead } from '../api/index.ts';
import { shortId, TextLink } from './links.tsx';

/** The most of one page of the API. */
const PAGE = 200;
const TYPING_MS = 200;

/** The name of a campaign: of the latest ones read together, of an older one on its own. */
export function useCampaignName(campaignId: string | null | undefined): string | undefined {
  const id = campaignId ?? '';
  const latest = useRead('listCampaigns', { query: { limit: PAGE } });
  const among = latest.data?.items.find((campaign) => campaign.id === id);
  const isOlder = id !== '' && latest.data !== undefined && among === undefined;
  const older = useRead('getCampaign', { params: { campaignId: id } }, { enabled: isOlder });
  return among?.name ?? (isOlder && older.data?.id === id ? older.data.name : undefined);
}

/** A campaign by its name, with the way to its page. */
export function CampaignLink({ id }: { id: string }) {
  const name = useCampaignName(id);
  return (
    <TextLink to={{ to: '/campaigns/$campaignId', params: { campaignId: id } }}>
      {name ?? shortId(id)}
    </TextLink>
  );
}

type PickerProps = Omit<SelectProps, 'data' | 'value' | 'onChange' | 'searchable'> & {
  readonly value: string | undefined;
  readonly onChange: (campaignId: string | undefined) => void;
};

/** Picks one of any number of campaigns by a part of its name. */
export function CampaignPicker({ value, onChange, ...select }: PickerProps) {
  const [typed, setTyped] = useState('');
  const [text] = useDebouncedValue(typed.trim(), TYPING_MS);
  const name = useCampaignName(value);
  // What is picked stands in the field, and is nothing to look for.
  const part = text === name ? '' : text;
  const found = useRead('listCampaigns', { query: { limit: 50, ...(part === '' ? {} : { name: part }) } });
  const options = (found.data?.items ?? []).map((campaign) => ({ value: campaign.id, label: campaign.name }));
  const picked = value !== undefined && !options.some((option) => option.value === value);
  return (
    <Select
      {...select}
      data={picked ? [{ value, label: name ?? value }, ...options] : options}
      value={value ?? null}
      onChange={(chosen) => onChange(chosen ?? undefined)}
      searchable
      onSearchChange={setTyped}
      filter={({ options: all }) => all}
      comboboxProps={{ width: 'max-content', position: 'bottom-start' }}
    />
  );
}

interface FilterProps extends Pick<PickerProps, 'value' | 'onChange'> {
  readonly label: string;
}

/** The campaign that a list is of, or any. */
export const FilterCampaign = ({ label, ...filter }: FilterProps) => (
  <CampaignPicker
    aria-label={label}
    placeholder={label}
    size="sm"
    w={{ base: '100%', xs: 160 }}
    clearable
    {...filter}
  />
);
