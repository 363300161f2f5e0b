import { MultiSelect, SimpleGrid, Stack, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useMember } from '../../../../session/index.ts';
import { ChoiceField } from '../fields.tsx';
import { useCampaignForm } from '../form.ts';
import { useOfferCurrencies } from '../offer-currencies.ts';
import { PRODUCTS } from '../rewards/products.ts';
import { Rewards } from './rewards.tsx';

/** What the campaign is called, and what it gives. */
export function OfferStep() {
  const { t } = useTranslation('campaigns');
  const form = useCampaignForm();
  const { currencies } = useMember();
  const { codes, choose } = useOfferCurrencies();
  return (
    <Stack gap="lg">
      <TextInput
        label={t('editor.name')}
        description={t('editor.nameHint')}
        withAsterisk
        maxLength={200}
        data-autofocus
        {...form.getInputProps('name')}
      />
      <SimpleGrid cols={{ base: 1, xs: 2 }}>
        <MultiSelect
          label={t('editor.currencies')}
          description={t('editor.currenciesHint')}
          data={[...currencies.keys()]}
          searchable
          limit={30}
          value={[...codes]}
          onChange={(chosen) => chosen.length > 0 && choose(chosen)}
        />
        <ChoiceField path="product" of={PRODUCTS} none={null} mayBeNone />
      </SimpleGrid>
      <Rewards />
    </Stack>
  );
}
