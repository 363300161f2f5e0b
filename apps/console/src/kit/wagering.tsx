import { Progress, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Nothing, Percent, useMoneyText } from './values.tsx';

interface Props {
  /** Minor units. */
  readonly wagered: number;
  /** Minor units; 0 where there is nothing to be wagered. */
  readonly required: number;
  readonly currency: string;
}

/** How far the turnover of a bonus is. */
export function Wagering({ wagered, required, currency }: Props) {
  const { t } = useTranslation();
  const money = useMoneyText();
  if (required === 0) return <Nothing />;
  const percent = Math.min(100, Math.floor((wagered / required) * 100));
  const told = t('wagering', { wagered: money(wagered, currency), required: money(required, currency) });
  return (
    <Stack gap={4} miw={150} align="stretch">
      <Progress.Root size="sm">
        <Progress.Section value={percent} color={percent >= 100 ? 'green' : undefined} aria-label={told} />
      </Progress.Root>
      <Text fz="xs" c="dimmed" style={{ fontVariantNumeric: 'tabular-nums' }}>
        {told} · <Percent of={percent * 100} digits={0} />
      </Text>
    </Stack>
  );
}
