import { Paper, Stack, Text } from '@mantine/core';
import type { TFunction } from 'i18next';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Count, Facts, Money } from '../../../kit/index.ts';
import { Warnings } from '../../../kit/terms/index.ts';
import type { Verdict } from './verdict.ts';

/** Beside the form: what it may cost, and what the law says, as it is typed. */
export function LiveCheck({
  verdict: { liability, warnings },
  isReview,
}: {
  verdict: Verdict;
  /** The review tells of warnings itself. */
  isReview: boolean;
}) {
  const { t } = useTranslation('campaigns');
  return (
    <Stack gap="md" component="aside" aria-label={t('check.label')}>
      <Paper withBorder p="md">
        <Text fz="sm" fw={600} mb="xs">
          {t('check.cost')}
        </Text>
        {liability.length === 0 && (
          <Text fz="xs" c="dimmed">
            {t('check.notYet')}
          </Text>
        )}
        <Stack gap="sm">
          {liability.map((cost) => (
            <Stack key={cost.currency} gap={2} component="section" aria-label={cost.currency}>
              {liability.length > 1 && (
                <Text fz="xs" fw={600} c="dimmed" aria-hidden>
                  {cost.currency}
                </Text>
              )}
              <Facts of={factsOf(cost, t)} />
            </Stack>
          ))}
        </Stack>
      </Paper>
      {!isReview && <Warnings of={warnings} />}
    </Stack>
  );
}

function factsOf(
  { currency, perActivation, activations, face, worstCase }: Verdict['liability'][number],
  t: TFunction<'campaigns'>,
): (readonly [string, ReactNode])[] {
  const most = (amount: number | null) =>
    amount === null ? t('check.unlimited') : <Money amount={amount} currency={currency} />;
  return [
    [t('check.one'), most(perActivation)],
    [t('check.uses'), activations === null ? t('check.unlimited') : <Count key="uses" of={activations} />],
    [t('check.face'), most(face)],
    [t('check.worst'), most(worstCase)],
  ];
}
