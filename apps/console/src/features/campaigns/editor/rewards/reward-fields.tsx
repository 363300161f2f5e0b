import { SimpleGrid } from '@mantine/core';
import type { Reward } from '@promosmith/contract';
import { useTranslation } from 'react-i18next';
import { Advanced } from '../advanced.tsx';
import { AmountsField } from '../amounts-field.tsx';
import { ChoiceField, DurationField, NumberField, PercentField, TagsField } from '../fields.tsx';
import { PaidOutFields } from './paid-out-fields.tsx';
import { PRODUCTS } from './products.ts';
import { SpecialFields } from './special-fields.tsx';
import { SpinsFields } from './spins-fields.tsx';
import { TournamentFields } from './tournament-fields.tsx';
import { WageringFields } from './wagering-fields.tsx';

type Of<Kind extends Reward['kind']> = Extract<Reward, { kind: Kind }>;

/** What a reward says, by its kind. */
export function RewardFields({ path, reward }: { path: string; reward: Reward }) {
  switch (reward.kind) {
    case 'deposit':
      return <DepositFields path={path} reward={reward} />;
    case 'bonus_balance':
      return <BonusFields path={path} reward={reward} />;
    case 'free_spins':
      return <SpinsFields path={path} reward={reward} />;
    case 'cashback':
      return <CashbackFields path={path} reward={reward} />;
    case 'tournament_entry':
      return <TournamentFields path={path} />;
    case 'special':
      return <SpecialFields path={path} reward={reward} />;
  }
}

const Product = ({ path }: { path: string }) => (
  <ChoiceField path={`${path}.product`} of={PRODUCTS} mayBeNone />
);

function DepositFields({ path, reward }: { path: string; reward: Of<'deposit'> }) {
  const { t } = useTranslation('campaigns');
  const { nthDeposit, paymentMethods } = reward;
  return (
    <>
      <SimpleGrid cols={{ base: 1, xs: 2 }}>
        <PercentField path={`${path}.matchBps`} required />
        <AmountsField path={`${path}.cap`} required />
        <AmountsField path={`${path}.minDeposit`} required />
        <DurationField path={`${path}.depositWithinSeconds`} />
      </SimpleGrid>
      <Advanced
        label={t('rewards.whichDeposits')}
        isUsed={nthDeposit !== undefined || paymentMethods !== undefined}
      >
        <SimpleGrid cols={{ base: 1, xs: 2 }}>
          <NumberField path={`${path}.nthDeposit`} min={1} max={1000} />
          <Product path={path} />
          <TagsField path={`${path}.paymentMethods.only`} />
          <TagsField path={`${path}.paymentMethods.except`} />
        </SimpleGrid>
      </Advanced>
      <WageringFields path={`${path}.wagering`} kind="deposit" terms={reward.wagering} />
    </>
  );
}

function BonusFields({ path, reward }: { path: string; reward: Of<'bonus_balance'> }) {
  return (
    <>
      <SimpleGrid cols={{ base: 1, xs: 2 }}>
        <AmountsField path={`${path}.amount`} required />
        <Product path={path} />
      </SimpleGrid>
      <WageringFields path={`${path}.wagering`} kind="bonus_balance" terms={reward.wagering} />
    </>
  );
}

function CashbackFields({ path, reward }: { path: string; reward: Of<'cashback'> }) {
  return (
    <>
      <SimpleGrid cols={{ base: 1, xs: 2 }}>
        <PercentField path={`${path}.rateBps`} required />
        <ChoiceField path={`${path}.period`} of={['day', 'week', 'month']} />
        <ChoiceField path={`${path}.basis`} of={['game_net_loss', 'cash_flow']} />
        <NumberField path={`${path}.periods`} min={1} max={53} required />
        <AmountsField path={`${path}.cap`} required />
        <AmountsField path={`${path}.minLoss`} />
        <ChoiceField path={`${path}.payout`} of={['automatic', 'claim']} />
        {reward.payout === 'claim' && <DurationField path={`${path}.claimWithinSeconds`} />}
        <Product path={path} />
      </SimpleGrid>
      <PaidOutFields
        path={path}
        as="paidAs"
        kind="cashback"
        {...(reward.wagering ? { terms: reward.wagering } : {})}
      />
    </>
  );
}
