import { Badge, Collapse, Group, Stack, Text, UnstyledButton } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import {
  IconAlertCircleFilled,
  IconAlertTriangleFilled,
  IconChevronDown,
  IconChevronUp,
  IconCircleCheckFilled,
} from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { nodeOf } from '../graph/problems.ts';
import type { Problem } from '../graph/types.ts';
import classes from './editor.module.css';
import { useEditor } from './editor-context.ts';
import { goTo } from './places.ts';

/** Everything that keeps the draft from being published, and what was hardly meant. Each leads to where it is. */
export function ProblemList() {
  const { t } = useTranslation('journeys');
  const { problems } = useEditor();
  const [opened, { toggle }] = useDisclosure();
  const errors = problems.filter(({ severity }) => severity === 'error').length;
  const warnings = problems.length - errors;
  if (problems.length === 0)
    return (
      <Group className={classes.problems ?? ''} px="sm" py={7} gap={6}>
        <IconCircleCheckFilled size={16} color="var(--mantine-color-green-6)" aria-hidden />
        <Text fz="sm">{t('problems.none')}</Text>
      </Group>
    );
  return (
    <section className={classes.problems} aria-label={t('problems.label')} data-place="problems">
      <UnstyledButton w="100%" px="sm" py={7} aria-expanded={opened} onClick={toggle}>
        <Group gap="xs">
          <Text fz="sm" fw={600}>
            {t('problems.label')}
          </Text>
          {errors > 0 && (
            <Badge variant="light" color="red" tt="none" radius="sm">
              {t('problems.errors', { count: errors })}
            </Badge>
          )}
          {warnings > 0 && (
            <Badge variant="light" color="yellow" tt="none" radius="sm">
              {t('problems.warnings', { count: warnings })}
            </Badge>
          )}
          {opened ? <IconChevronDown size={16} /> : <IconChevronUp size={16} />}
        </Group>
      </UnstyledButton>
      <Collapse expanded={opened}>
        <Stack gap={0} pb="xs">
          {problems.map((problem) => (
            <One key={JSON.stringify(problem)} problem={problem} />
          ))}
        </Stack>
      </Collapse>
    </section>
  );
}

function One({ problem }: { problem: Problem }) {
  const { pick, definition, words } = useEditor();
  const id = nodeOf(problem);
  const node = id === undefined ? undefined : definition.nodes[id];
  const isError = problem.severity === 'error';
  const show = () => {
    pick(node && id !== undefined ? [id] : []);
    goTo('inspector');
  };
  const IconOf = isError ? IconAlertCircleFilled : IconAlertTriangleFilled;
  return (
    <UnstyledButton px="sm" py={4} onClick={show}>
      <Group gap={8} wrap="nowrap" align="flex-start">
        <IconOf
          size={16}
          style={{ flexShrink: 0, marginTop: 2 }}
          color={`var(--mantine-color-${isError ? 'red' : 'yellow'}-6)`}
          aria-hidden
        />
        <Text fz="sm">
          {node && id !== undefined && <b>{words.title(id, node)}: </b>}
          {problem.message}{' '}
          <Text span c="dimmed" inherit>
            {problem.fix}
          </Text>
        </Text>
      </Group>
    </UnstyledButton>
  );
}
