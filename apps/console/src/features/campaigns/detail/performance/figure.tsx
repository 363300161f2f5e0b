import { Paper, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Count, Nothing } from '../../../../kit/index.ts';

interface Props {
  readonly name: string;
  readonly now: number | null;
  readonly before?: number | null | undefined;
  readonly show?: (value: number) => ReactNode;
}

/** One number and what it was before. */
export function Figure({ name, now, before, show = (value) => <Count of={value} /> }: Props) {
  const { t } = useTranslation('campaigns');
  return (
    <Paper withBorder radius="md" p="sm">
      <Text fz="xs" c="dimmed">
        {name}
      </Text>
      <Text fz="xl" fw={600}>
        {now === null ? <Nothing /> : show(now)}
      </Text>
      {before !== null && before !== undefined && (
        <Text fz="xs" c="dimmed" component="div">
          {t('performance.before')} {show(before)}
        </Text>
      )}
    </Paper>
  );
}
