import { Paper, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Count, Facts, Money } from '../../../kit/index.ts';
import { Warnings } from '../../../kit/terms/index.ts';
import type { Verdict } from './verdict.ts';

/** Beside the form: what it may cost, and what the law says, as it is typed. */
export function LiveCheck({
  verdict: { liability, warnings, faults },
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
        {faults.length > 0 && (
          <Text fz="xs" c="dimmed">
            {t('check.notYet')}
          </Text>
        )}
        <Stack gap="sm">
          {liability.map(({ currency, perActivation, activations, face, worstCase }) => (
            <Facts
              key={currency}
              of={[
                [t('check.one'), <Money key="1" amount={perActivation} currency={currency} />],
                [
                  t('check.uses'),
                  activations === null ? t('check.unlimited') : <Count key="n" of={activations} />,
                ],
                [
                  t('check.face'),
                  face === null ? t('check.unlimited') : <Money key="f" amount={face} currency={currency} />,
                ],
                [
                  t('check.worst'),
                  worstCase === null ? (
                    t('check.unlimited')
                  ) : (
                    <Money key="w" amount={worstCase} currency={currency} />
                  ),
                ],
              ]}
            />
          ))}
        </Stack>
      </Paper>
      {!isReview && <Warnings of={warnings} />}
    </Stack>
  );
}
