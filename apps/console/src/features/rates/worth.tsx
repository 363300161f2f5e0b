import { Badge, Group } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Day } from '../../kit/index.ts';
import { separators } from '../../texts/index.ts';
import type { Reach } from './good-until.ts';
import { type Rate, shownRate } from './rate.ts';

/** What one whole unit is worth: `0.9273 EUR`. */
export const Worth = ({ of: { rate, into } }: { of: Pick<Rate, 'rate' | 'into'> }) => (
  <span style={{ fontVariantNumeric: 'tabular-nums' }}>
    {shownRate(rate, separators().decimalSeparator)} {into}
  </span>
);

/** Its last day, and whether days without a rate follow. */
export function Until({ of }: { of: Reach | undefined }) {
  const { t } = useTranslation('rates');
  if (!of) return null;
  return (
    <Group gap={6} justify="inherit">
      <Day of={of.until} />
      {of.isGap && (
        <Badge variant="light" color="yellow" tt="none" fw={500} radius="sm">
          {t('gap')}
        </Badge>
      )}
    </Group>
  );
}
