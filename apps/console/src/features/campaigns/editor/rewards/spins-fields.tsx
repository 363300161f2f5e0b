import { Autocomplete, SimpleGrid } from '@mantine/core';
import type { Reward } from '@promosmith/contract';
import { useTranslation } from 'react-i18next';
import { useRead } from '../../../../api/index.ts';
import { useMay } from '../../../../session/index.ts';
import { AmountsField } from '../amounts-field.tsx';
import { DurationField, NumberField, TagsField } from '../fields.tsx';
import { useCampaignForm } from '../form.ts';
import { PaidOutFields } from './paid-out-fields.tsx';

type Spins = Extract<Reward, { kind: 'free_spins' }>;

export function SpinsFields({ path, reward }: { path: string; reward: Spins }) {
  return (
    <>
      <SimpleGrid cols={{ base: 1, xs: 2 }}>
        <NumberField path={`${path}.count`} min={1} max={10_000} required />
        <AmountsField path={`${path}.spinValue`} required />
        <Provider path={`${path}.provider`} />
        <TagsField path={`${path}.games`} required />
        <DurationField path={`${path}.expiresAfterSeconds`} />
        <AmountsField path={`${path}.winCap`} />
      </SimpleGrid>
      <PaidOutFields
        path={path}
        as="winnings"
        kind="free_spins"
        {...(reward.wagering ? { terms: reward.wagering } : {})}
      />
    </>
  );
}

/** By the name it is connected under; who may see the connections chooses among them. */
function Provider({ path }: { path: string }) {
  const { t: words } = useTranslation('terms');
  const { t } = useTranslation('campaigns');
  const form = useCampaignForm();
  const maySee = useMay('providers:read');
  const providers = useRead('listFreeRoundProviders', { query: { limit: 200 } }, { enabled: maySee });
  return (
    <Autocomplete
      label={words('fields.rewards.provider')}
      description={t('hints.rewards.provider')}
      withAsterisk
      data={providers.data?.items.map(({ name }) => name) ?? []}
      {...form.getInputProps(path)}
    />
  );
}
