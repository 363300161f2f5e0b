import { Group, Progress, Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { Count } from '../values.tsx';

interface Ranked {
  readonly key: string;
  readonly name: ReactNode;
  readonly count: number;
}

/** Counts side by side, as long as the largest of them. */
export function Bars({ of, none }: { of: readonly Ranked[]; none?: string }) {
  const most = Math.max(1, ...of.map(({ count }) => count));
  if (of.length === 0)
    return (
      <Text fz="sm" c="dimmed">
        {none}
      </Text>
    );
  return (
    <Stack gap="xs">
      {of.map(({ key, name, count }) => (
        <Stack key={key} gap={3}>
          <Group justify="space-between" fz="sm" gap="xs" wrap="nowrap">
            <span>{name}</span>
            <Count of={count} />
          </Group>
          <Progress.Root size={6} aria-hidden>
            <Progress.Section value={(count / most) * 100} withAria={false} />
          </Progress.Root>
        </Stack>
      ))}
    </Stack>
  );
}
