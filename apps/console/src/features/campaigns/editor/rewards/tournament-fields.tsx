import { Autocomplete, SimpleGrid } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useRead } from '../../../../api/index.ts';
import { ChoiceField, DurationField, NumberField } from '../fields.tsx';
import { useCampaignForm } from '../form.ts';
import { PRODUCTS } from './products.ts';

export function TournamentFields({ path }: { path: string }) {
  const { t: words } = useTranslation('terms');
  const { t } = useTranslation('campaigns');
  const form = useCampaignForm();
  const tournaments = useRead('listTournaments', { query: { status: 'open', limit: 200 } });
  const keys = new Set(tournaments.data?.items.map(({ key }) => key));
  return (
    <SimpleGrid cols={{ base: 1, xs: 2 }}>
      <Autocomplete
        label={words('fields.rewards.tournament')}
        description={t('hints.rewards.tournament')}
        withAsterisk
        data={[...keys]}
        {...form.getInputProps(`${path}.tournament`)}
      />
      <NumberField path={`${path}.seats`} min={1} max={100} required />
      <DurationField path={`${path}.expiresAfterSeconds`} />
      <ChoiceField path={`${path}.product`} of={PRODUCTS} mayBeNone />
    </SimpleGrid>
  );
}
