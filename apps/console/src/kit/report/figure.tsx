import { Group, Paper, Text } from '@mantine/core';
import { IconArrowDownRight, IconArrowUpRight } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { language } from '../../texts/index.ts';
import { Count, Nothing } from '../values.tsx';

interface Props {
  readonly name: string;
  readonly now: number | null;
  /** Of the period compared with; null or left out when there is nothing to compare. */
  readonly before?: number | null | undefined;
  readonly show?: (value: number) => ReactNode;
}

/** One number, and how it moved since the period before. Whether more is better depends on the number: no colour says so. */
export function Figure({ name, now, before, show = (value) => <Count of={value} /> }: Props) {
  const { t } = useTranslation();
  return (
    <Paper withBorder radius="md" p="md">
      <Text fz="xs" c="dimmed">
        {name}
      </Text>
      <Text fz={22} fw={650} lh={1.4}>
        {now === null ? <Nothing /> : show(now)}
      </Text>
      {before !== null && before !== undefined && now !== null && (
        <Group gap={4} fz="xs" c="dimmed">
          <Moved now={now} before={before} />
          <span>
            {t('report.before')} {show(before)}
          </span>
        </Group>
      )}
    </Paper>
  );
}

function Moved({ now, before }: { now: number; before: number }) {
  if (before === 0 || now === before) return null;
  const share = (now - before) / Math.abs(before);
  const format = new Intl.NumberFormat(language(), {
    style: 'percent',
    maximumFractionDigits: 0,
    signDisplay: 'always',
  });
  const Arrow = share > 0 ? IconArrowUpRight : IconArrowDownRight;
  return (
    <Group gap={1} fw={600} c="var(--mantine-color-text)">
      <Arrow size={14} aria-hidden />
      {format.format(share)}
    </Group>
  );
}
