import { Group, Progress, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Money, Percent } from '../../../kit/index.ts';

export interface Budget {
  readonly currency: string;
  readonly maximum: number;
  readonly used: number;
  readonly reserved: number;
}

const NEARLY = 90;
const shareOf = (part: number, whole: number): number => (whole === 0 ? 100 : (part / whole) * 100);

/** How much of a budget is spent, and how much is held for what was promised. */
export function BudgetBar({ budget, slim = false }: { budget: Budget; slim?: boolean }) {
  const { t } = useTranslation('campaigns');
  const { currency, maximum, used, reserved } = budget;
  const spent = shareOf(used, maximum);
  const held = shareOf(reserved, maximum);
  const label = t('budget.share', { share: Math.round(spent + held), currency });
  return (
    <Stack gap={slim ? 3 : 6} miw={slim ? 130 : 0}>
      <Progress.Root size={slim ? 5 : 8} role="img" aria-label={label}>
        <Progress.Section value={spent} withAria={false} color={spent + held >= NEARLY ? 'red' : undefined} />
        <Progress.Section value={held} withAria={false} color="gray" />
      </Progress.Root>
      {slim ? (
        <Text fz="xs" c="dimmed">
          <Percent of={(spent + held) * 100} digits={0} /> · <Money amount={maximum} currency={currency} />
        </Text>
      ) : (
        <Group justify="space-between" gap="xs" fz="xs" c="dimmed" style={{ rowGap: 0 }}>
          <span>
            <Money amount={used} currency={currency} /> {t('budget.of')}{' '}
            <Money amount={maximum} currency={currency} />
          </span>
          {reserved > 0 && (
            <span>
              {t('budget.held')} <Money amount={reserved} currency={currency} />
            </span>
          )}
        </Group>
      )}
    </Stack>
  );
}
