import { Anchor, Box, Breadcrumbs, Group, Stack, Text, Title } from '@mantine/core';
import { useDocumentTitle } from '@mantine/hooks';
import { Link, type LinkProps } from '@tanstack/react-router';
import type { ReactNode } from 'react';

/** A step of the way to this page. */
export interface Crumb {
  readonly label: string;
  readonly link: LinkProps;
}

interface Props {
  readonly title: string;
  /** Beside the title, e.g. a status. */
  readonly beside?: ReactNode;
  /** One sentence on what this page is for. */
  readonly description?: ReactNode;
  readonly crumbs?: readonly Crumb[];
  /** Buttons, the main one last. */
  readonly actions?: ReactNode;
  /** `wide` for tables and canvases, `reading` for forms and text. */
  readonly width?: 'wide' | 'reading';
  readonly children: ReactNode;
}

/** Every page: its way, its title, what can be done, and its content. */
export function Page({ title, beside, description, crumbs, actions, width = 'wide', children }: Props) {
  useDocumentTitle(`${title} · Promosmith`);
  return (
    <Box maw={width === 'reading' ? 880 : 1600} mx="auto" w="100%">
      {crumbs && (
        <Breadcrumbs separatorMargin={6} mb={6}>
          {crumbs.map(({ label, link }) => (
            <Anchor key={label} component={Link} {...(link as object)} fz="sm" c="dimmed">
              {label}
            </Anchor>
          ))}
        </Breadcrumbs>
      )}
      <Group justify="space-between" align="flex-start" mb="lg" gap="sm">
        <Stack gap={2} flex={1} miw={{ base: '100%', sm: 220 }}>
          <Group gap="sm">
            <Title order={1} fz={{ base: 'h3', sm: 'h2' }} style={{ overflowWrap: 'anywhere' }}>
              {title}
            </Title>
            {beside}
          </Group>
          {description !== undefined && (
            <Text c="dimmed" fz="sm" maw={720}>
              {description}
            </Text>
          )}
        </Stack>
        {actions !== undefined && (
          <Group gap="xs" data-actions>
            {actions}
          </Group>
        )}
      </Group>
      {children}
    </Box>
  );
}
