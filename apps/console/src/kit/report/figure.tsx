import { Group, Paper, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Count, Nothing, Percent } from '../values.tsx';
import { Moved } from './moved.tsx';

interface Props {
  readonly name: string;
  readonly now: number | null;
  /** Of the period compared with; null or left out when there is nothing to compare. */
  readonly before?: number | null | undefined;
  readonly show?: (value: number) => ReactNode;
  /** Of a share, in basis points. */
  readonly isShare?: boolean;
}

/** One number, and how it moved since the period before. Whether more is better depends on the number: no colour says so. */
export function Figure({ name, now, before, isShare = false, show }: Props) {
  const { t } = useTranslation();
  const shown = show ?? ((value: number) => (isShare ? <Percent of={value} /> : <Count of={value} />));
  return (
    <Paper withBorder radius="md" p="md">
      <Text fz="xs" c="dimmed">
        {name}
      </Text>
      <Text fz={22} fw={650} lh={1.4}>
        {now === null ? <Nothing /> : shown(now)}
      </Text>
      {before !== null && before !== undefined && now !== null && (
        <Group gap={4} fz="xs" c="dimmed">
          <Moved now={now} before={before} isShare={isShare} />
          <span>
            {t('report.before')} {shown(before)}
          </span>
        </Group>
      )}
    </Paper>
  );
}
