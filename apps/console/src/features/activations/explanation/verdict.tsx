import { Group, Paper, Stack, Text, ThemeIcon } from '@mantine/core';
import { IconAlertCircle, IconCircleCheck, IconClock } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Answer } from '../../../api/index.ts';
import { Refusal, When } from '../../../kit/index.ts';
import { useTitle } from './check-list.tsx';
import { type Check, readCheck } from './reading.ts';

interface Props {
  readonly activation: Answer<'getActivation'>;
  readonly message: string;
  readonly checks: readonly Check[];
}

const LOOKS = {
  refused: { color: 'red', icon: IconAlertCircle },
  accepted: { color: 'green', icon: IconCircleCheck },
  other: { color: 'yellow', icon: IconClock },
} as const;

/** What came of the attempt, in one sentence, and what the player was told. */
export function Verdict({ activation: { outcome, refusalKey, awaitingUntil }, message, checks }: Props) {
  const { t } = useTranslation('activations');
  const title = useTitle();
  const look = outcome === 'refused' || outcome === 'accepted' ? LOOKS[outcome] : LOOKS.other;
  const IconOf = look.icon;
  const failed = checks.filter(({ ok }) => !ok);
  const [decisive] = failed;
  return (
    <Paper
      withBorder
      radius="md"
      p="md"
      style={{ borderInlineStart: `3px solid var(--mantine-color-${look.color}-6)` }}
    >
      <Group wrap="nowrap" align="flex-start" gap="sm">
        <ThemeIcon variant="light" color={look.color} radius="xl" size={34}>
          <IconOf size={20} />
        </ThemeIcon>
        <Stack gap={2} style={{ minWidth: 0 }}>
          <Text fw={600}>
            {t(`outcomes.${outcome}`)}
            {refusalKey !== null && (
              <>
                {': '}
                <Refusal of={refusalKey} />
              </>
            )}
          </Text>
          {decisive && (
            <Text fz="sm">
              {t('decidedBy', {
                check: title(readCheck(decisive)),
                number: checks.indexOf(decisive) + 1,
                count: checks.length,
              })}
              {failed.length > 1 && ` ${t('alsoFailed', { count: failed.length - 1 })}`}
            </Text>
          )}
          {outcome === 'awaiting_deposit' && (
            <Text fz="sm">
              {t('waitsUntil')} <When at={awaitingUntil} style="full" />
            </Text>
          )}
          {outcome === 'refused' && (
            <Text fz="sm" c="dimmed">
              {t('playerRead', { message })}
            </Text>
          )}
          {outcome === 'accepted' && (
            <Text fz="sm" c="dimmed">
              {t('allPassed', { count: checks.length })}
            </Text>
          )}
        </Stack>
      </Group>
    </Paper>
  );
}
