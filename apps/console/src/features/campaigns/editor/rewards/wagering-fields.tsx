import { SimpleGrid, Stack, Switch, Text } from '@mantine/core';
import type { Reward } from '@promosmith/contract';
import { useTranslation } from 'react-i18next';
import { Advanced } from '../advanced.tsx';
import { AmountsField } from '../amounts-field.tsx';
import { ChoiceField, DurationField, PercentField, TimesField } from '../fields.tsx';
import { useCampaignForm } from '../form.ts';
import { ContributionFields } from './contribution-fields.tsx';

type Wagering = Extract<Reward, { kind: 'bonus_balance' }>['wagering'];

const BASES: Partial<Record<Reward['kind'], readonly Wagering['base'][]>> = {
  deposit: ['bonus', 'deposit_plus_bonus'],
  free_spins: ['winnings', 'bonus'],
};

/** What has to be turned over before the bonus becomes real money. */
export function WageringFields({
  path,
  kind,
  terms,
}: {
  path: string;
  kind: Reward['kind'];
  terms: Wagering;
}) {
  const { t } = useTranslation('campaigns');
  const bases = BASES[kind] ?? ['bonus'];
  const { contributions } = terms;
  const counts = Object.keys({ ...contributions.categories, ...contributions.games }).length > 0;
  return (
    <Stack gap="sm">
      <Text fz="sm" fw={600}>
        {t('wagering.title')}
      </Text>
      <SimpleGrid cols={{ base: 1, xs: 2 }}>
        <TimesField path={`${path}.multiplier`} required />
        <ChoiceField path={`${path}.base`} of={bases} />
        {terms.base === 'deposit_plus_bonus' && (
          <ChoiceField path={`${path}.depositBase`} of={['full', 'matched']} />
        )}
        <DurationField path={`${path}.expiresAfterSeconds`} />
      </SimpleGrid>
      <Advanced label={t('wagering.contributions')} isUsed={counts}>
        <ContributionFields path={`${path}.contributions`} />
      </Advanced>
      <Advanced
        label={t('wagering.stakes')}
        isUsed={terms.maxBet !== undefined || terms.maxConversion !== undefined}
      >
        <Part path={`${path}.maxBet`} label={t('wagering.maxBet')} first={{ onBreach: 'no_contribution' }}>
          <AmountsField path={`${path}.maxBet.amounts`} />
          <PercentField path={`${path}.maxBet.bonusShare`} />
          <ChoiceField path={`${path}.maxBet.onBreach`} of={['no_contribution', 'reject', 'flag']} />
        </Part>
        <Part path={`${path}.maxConversion`} label={t('wagering.maxConversion')} first={{}}>
          <AmountsField path={`${path}.maxConversion.amounts`} />
          <TimesField path={`${path}.maxConversion.timesBonus`} />
        </Part>
      </Advanced>
      <Advanced label={t('wagering.more')}>
        <SimpleGrid cols={{ base: 1, xs: 2 }}>
          <ChoiceField path={`${path}.fundsOrder`} of={['real_first', 'bonus_first']} />
          <ChoiceField path={`${path}.countStakes`} of={['all', 'bonus_funded']} />
          <ChoiceField path={`${path}.stickiness`} of={['cashable', 'sticky']} />
          <ChoiceField path={`${path}.onWithdrawal`} of={['forfeit', 'block', 'keep']} />
          <AmountsField path={`${path}.dustThreshold`} />
        </SimpleGrid>
      </Advanced>
    </Stack>
  );
}

/** Terms that are set together or not at all. */
function Part({
  path,
  label,
  first,
  children,
}: {
  path: string;
  label: string;
  first: object;
  children: React.ReactNode;
}) {
  const form = useCampaignForm();
  const { value, error } = form.getInputProps(path);
  const isSet = value !== undefined;
  return (
    <Stack gap="xs">
      <Switch
        label={label}
        checked={isSet}
        error={error}
        onChange={(event) =>
          form.setFieldValue(path, (event.currentTarget.checked ? first : undefined) as never)
        }
      />
      {isSet && <SimpleGrid cols={{ base: 1, xs: 2 }}>{children}</SimpleGrid>}
    </Stack>
  );
}
