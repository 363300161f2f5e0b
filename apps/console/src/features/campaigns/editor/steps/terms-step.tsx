import { MultiSelect, SimpleGrid, Stack, Textarea } from '@mantine/core';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useMember } from '../../../../session/index.ts';
import { language } from '../../../../texts/index.ts';
import { useCampaignForm } from '../form.ts';
import { countries } from './countries.ts';

/** Where it is open, and what players are told. */
export function TermsStep() {
  const { t } = useTranslation('campaigns');
  const { t: words } = useTranslation('terms');
  const { currencies } = useMember();
  const form = useCampaignForm();
  const { markets } = form.values;
  const names = useMemo(() => countries(language()), []);
  const set = (field: 'countries' | 'currencies') => (chosen: string[]) =>
    form.setFieldValue(`markets.${field}`, chosen.length === 0 ? undefined : chosen);
  return (
    <Stack gap="lg">
      <SimpleGrid cols={{ base: 1, xs: 2 }}>
        <MultiSelect
          label={words('fields.markets.countries')}
          description={t('hints.markets.countries')}
          placeholder={markets.countries ? undefined : t('editor.any')}
          data={names}
          searchable
          limit={40}
          error={form.errors['markets.countries']}
          value={markets.countries ?? []}
          onChange={set('countries')}
        />
        <MultiSelect
          label={words('fields.markets.currencies')}
          description={t('hints.markets.currencies')}
          placeholder={markets.currencies ? undefined : t('editor.any')}
          data={[...currencies.keys()]}
          searchable
          limit={40}
          error={form.errors['markets.currencies']}
          value={markets.currencies ?? []}
          onChange={set('currencies')}
        />
      </SimpleGrid>
      <Textarea
        label={words('fields.terms.significant')}
        description={t('hints.terms.significant')}
        withAsterisk
        autosize
        minRows={3}
        maxLength={2000}
        {...form.getInputProps('terms.significant')}
      />
      <Textarea
        label={words('fields.terms.full')}
        description={t('hints.terms.full')}
        autosize
        minRows={3}
        maxRows={16}
        maxLength={100_000}
        {...form.getInputProps('terms.full')}
      />
    </Stack>
  );
}
