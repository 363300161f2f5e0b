import { Badge, Group, Stack, Text } from '@mantine/core';
import type { TFunction } from 'i18next';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Answer } from '../api/index.ts';
import { Duration, Times } from './duration.tsx';
import { Facts } from './facts.tsx';
import { JsonText } from './json-text.tsx';
import { Amounts, Percent } from './values.tsx';

type Reward = Answer<'getGrant'>['reward'];
type Wagering = NonNullable<Extract<Reward, { kind: 'bonus_balance' }>['wagering']>;
type Fact = readonly [name: string, value: ReactNode];

/** What a reward gives, and what it asks for, in words. Terms that say nothing are left out. */
export function RewardFacts({ of: reward }: { of: Reward }) {
  const { t } = useTranslation();
  const wagering = 'wagering' in reward ? reward.wagering : undefined;
  const product = 'product' in reward ? reward.product : undefined;
  return (
    <Stack gap="md">
      <Facts
        of={[
          [t('offer.kind'), t(`kinds.${reward.kind}`)],
          ...giftFacts(reward, t),
          ...(product === undefined ? [] : [[t('offer.product'), t(`products.${product}`)] as const]),
        ]}
      />
      {wagering && (
        <div>
          <Text fz="sm" fw={600} mb={6}>
            {t('offer.wagering')}
          </Text>
          <Facts of={wageringFacts(wagering, t)} />
        </div>
      )}
    </Stack>
  );
}

function giftFacts(reward: Reward, t: TFunction): Fact[] {
  switch (reward.kind) {
    case 'deposit':
      return [
        [t('offer.match'), <Percent key="m" of={reward.matchBps} digits={2} />],
        [t('offer.cap'), <Amounts key="c" of={reward.cap} />],
        [t('offer.minDeposit'), <Amounts key="d" of={reward.minDeposit} />],
        ...given(reward.nthDeposit, (nth): Fact => [t('offer.nthDeposit'), nth]),
        ...given(reward.paymentMethods?.only, (only): Fact => [t('offer.onlyMethods'), only.join(', ')]),
        ...given(reward.paymentMethods?.except, (not): Fact => [t('offer.exceptMethods'), not.join(', ')]),
        [t('offer.depositWithin'), <Duration key="w" of={reward.depositWithinSeconds} />],
      ];
    case 'free_spins':
      return [
        [t('offer.spins'), reward.count],
        [t('offer.provider'), reward.provider],
        [t('offer.games'), <Words key="g" of={reward.games} />],
        [t('offer.spinValue'), <Amounts key="v" of={reward.spinValue} />],
        [t('offer.winnings'), t(`offer.paidAs.${reward.winnings}`)],
        ...given(reward.winCap, (cap): Fact => [t('offer.winCap'), <Amounts key="c" of={cap} />]),
        [t('offer.expiresAfter'), <Duration key="e" of={reward.expiresAfterSeconds} />],
      ];
    case 'bonus_balance':
      return [[t('offer.amount'), <Amounts key="a" of={reward.amount} />]];
    case 'cashback':
      return [
        [t('offer.rate'), <Percent key="r" of={reward.rateBps} digits={2} />],
        [t('offer.basis'), t(`offer.bases.${reward.basis}`)],
        [t('offer.period'), t(`offer.periodOf.${reward.period}`, { count: reward.periods })],
        ...given(reward.minLoss, (least): Fact => [t('offer.minLoss'), <Amounts key="l" of={least} />]),
        [t('offer.payoutCap'), <Amounts key="c" of={reward.cap} />],
        [t('offer.winnings'), t(`offer.paidAs.${reward.paidAs}`)],
        [t('offer.payout'), t(`offer.payouts.${reward.payout}`)],
        ...(reward.payout === 'claim'
          ? [[t('offer.claimWithin'), <Duration key="w" of={reward.claimWithinSeconds} />] as const]
          : []),
      ];
    case 'tournament_entry':
      return [
        [t('offer.tournament'), reward.tournament],
        [t('offer.seats'), reward.seats],
        [t('offer.expiresAfter'), <Duration key="e" of={reward.expiresAfterSeconds} />],
      ];
    case 'special':
      return [
        [t('offer.handler'), reward.handler],
        [t('offer.payload'), <JsonText key="p" of={reward.payload} label={t('offer.payload')} />],
        ...given(
          reward.expiresAfterSeconds,
          (seconds): Fact => [t('offer.expiresAfter'), <Duration key="e" of={seconds} />],
        ),
      ];
  }
}

function wageringFacts(terms: Wagering, t: TFunction): Fact[] {
  const { maxBet, maxConversion, contributions } = terms;
  const base = terms.base === 'deposit_plus_bonus' ? `deposit_plus_bonus_${terms.depositBase}` : terms.base;
  return [
    [
      t('offer.turnover'),
      <span key="t">
        <Times of={terms.multiplier} /> {t(`offer.bases.${base}`)}
      </span>,
    ],
    [t('offer.expiresAfter'), <Duration key="e" of={terms.expiresAfterSeconds} />],
    ...(Object.keys({ ...contributions.categories, ...contributions.games }).length === 0
      ? []
      : [
          [
            t('offer.contributions'),
            <Shares key="s" of={[contributions.categories, contributions.games]} />,
          ] as const,
        ]),
    [t('offer.countStakes'), t(`offer.stakes.${terms.countStakes}`)],
    [t('offer.fundsOrder'), t(`offer.orders.${terms.fundsOrder}`)],
    [t('offer.stickiness'), t(`offer.sticky.${terms.stickiness}`)],
    ...given(
      maxBet,
      (limit): Fact => [
        t('offer.maxBet'),
        <Limit key="b" amounts={limit.amounts} then={t(`offer.breach.${limit.onBreach}`)}>
          {limit.bonusShare !== undefined && <Percent of={limit.bonusShare} digits={2} />}
        </Limit>,
      ],
    ),
    ...given(
      maxConversion,
      (limit): Fact => [
        t('offer.maxConversion'),
        <Limit key="c" amounts={limit.amounts}>
          {limit.timesBonus !== undefined && <Times of={limit.timesBonus} />}
        </Limit>,
      ],
    ),
    [t('offer.onWithdrawal'), t(`offer.withdrawal.${terms.onWithdrawal}`)],
    ...given(terms.dustThreshold, (dust): Fact => [t('offer.dust'), <Amounts key="d" of={dust} />]),
  ];
}

const given = <Value,>(value: Value | undefined, fact: (value: Value) => Fact): Fact[] =>
  value === undefined ? [] : [fact(value)];

const Words = ({ of }: { of: readonly string[] }) => (
  <Group gap={4}>
    {of.map((word) => (
      <Badge key={word} variant="default" tt="none" fw={400} radius="sm">
        {word}
      </Badge>
    ))}
  </Group>
);

const Shares = ({ of }: { of: readonly Readonly<Record<string, number>>[] }) => (
  <Group gap={4}>
    {of.flatMap(Object.entries<number>).map(([name, share]) => (
      <Badge key={name} variant="default" tt="none" fw={400} radius="sm">
        {name} <Percent of={share} />
      </Badge>
    ))}
  </Group>
);

/** An amount, a share of the bonus, or whichever is lower. */
function Limit({
  amounts,
  then,
  children,
}: {
  amounts: Readonly<Record<string, number>> | undefined;
  then?: string;
  children: ReactNode;
}) {
  const { t } = useTranslation();
  return (
    <>
      {amounts && <Amounts of={amounts} />}
      {amounts && children && `, ${t('offer.orOfBonus')} `}
      {children}
      {children && ` ${t('offer.ofBonus')}`}
      {then !== undefined && ` · ${then}`}
    </>
  );
}
