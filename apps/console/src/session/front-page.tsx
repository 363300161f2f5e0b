import { Box, Center, Group, Paper, Stack, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';

interface Props {
  readonly title: string;
  readonly hint?: string | undefined;
  readonly children: ReactNode;
}

/** What is shown before anybody is signed in: one card, and nothing of the console. */
export function FrontPage({ title, hint, children }: Props) {
  return (
    <Center
      component="main"
      mih="100dvh"
      p="md"
      bg="light-dark(var(--mantine-color-gray-0), var(--mantine-color-dark-8))"
    >
      <Box w="100%" maw={400}>
        <Group gap="xs" justify="center" mb="lg">
          <img src={`${import.meta.env.BASE_URL}icon.svg`} alt="" width={28} height={28} />
          <Text fw={700} fz="lg">
            Promosmith
          </Text>
        </Group>
        <Paper withBorder shadow="sm" radius="md" p="xl">
          <Stack gap="xs" mb="lg">
            <Title order={1} fz="h3">
              {title}
            </Title>
            {hint !== undefined && (
              <Text c="dimmed" fz="sm">
                {hint}
              </Text>
            )}
          </Stack>
          {children}
        </Paper>
      </Box>
    </Center>
  );
}
