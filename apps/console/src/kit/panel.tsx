import { Group, Paper, Stack, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';

interface Props {
  readonly title?: string;
  readonly hint?: ReactNode;
  readonly actions?: ReactNode;
  /** Without, content touches the edges: tables. */
  readonly padded?: boolean;
  /** As tall as what stands beside it. */
  readonly isTall?: boolean;
  readonly children: ReactNode;
}

/** A part of a page with a frame around it. */
export function Panel({ title, hint, actions, padded = true, isTall = false, children }: Props) {
  return (
    <Paper
      withBorder
      radius="md"
      component="section"
      data-panel
      p={padded ? 'md' : 0}
      h={isTall ? '100%' : undefined}
      style={{ overflow: 'hidden' }}
    >
      {(title !== undefined || actions !== undefined) && (
        <Group justify="space-between" mb={padded ? 'sm' : 0} p={padded ? 0 : 'md'} gap="xs">
          <Stack gap={0}>
            {title !== undefined && (
              <Title order={2} fz="md" fw={600}>
                {title}
              </Title>
            )}
            {hint !== undefined && (
              <Text fz="xs" c="dimmed">
                {hint}
              </Text>
            )}
          </Stack>
          {actions !== undefined && <Group gap="xs">{actions}</Group>}
        </Group>
      )}
      {children}
    </Paper>
  );
}
