import { Button, Collapse, Stack } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconChevronDown, IconChevronRight } from '@tabler/icons-react';
import type { ReactNode } from 'react';

/** What few campaigns need: folded, unless it is in use. */
export function Advanced({
  label,
  isUsed = false,
  children,
}: {
  label: string;
  isUsed?: boolean;
  children: ReactNode;
}) {
  const [opened, { toggle }] = useDisclosure(isUsed);
  return (
    <div>
      <Button
        variant="subtle"
        color="gray"
        size="compact-sm"
        aria-expanded={opened}
        leftSection={opened ? <IconChevronDown size={14} /> : <IconChevronRight size={14} />}
        onClick={toggle}
      >
        {label}
      </Button>
      <Collapse expanded={opened}>
        <Stack pt="sm">{children}</Stack>
      </Collapse>
    </div>
  );
}
