import { Alert, Badge, Code, Group, List, Paper, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Answer } from '../../../api/index.ts';
import { Facts } from '../../../kit/index.ts';
import { numberFormat, useSay } from '../../../texts/index.ts';
import { bareMessage, strengthOf } from './reading.ts';

interface Props {
  readonly of: Answer<'testLabelFunction'>;
  /** From asking to the answer, ms. */
  readonly took: number;
  /** Whether the source was changed since. */
  readonly isOld: boolean;
}

const COLOURS = { same: 'gray', weak: 'red', fair: 'yellow', good: 'green' } as const;

/** What came of a function: values, what went wrong, and how hard its values are to guess. */
export function RunResult({ of, took, isOld }: Props) {
  const { t } = useTranslation('labels');
  const say = useSay();
  const { runs, examples, failed, problems, randomness } = of;
  const format = numberFormat({ maximumFractionDigits: 1 });
  return (
    <Paper withBorder p="md" radius="md" aria-label={t('run.result')} role="region">
      <Stack gap="sm">
        {isOld && (
          <Text fz="xs" c="yellow">
            {t('run.old')}
          </Text>
        )}
        {problems.length > 0 && (
          <Alert color="red" title={t('run.failed', { count: failed, runs: format.format(runs) })}>
            <List fz="sm" spacing={2}>
              {problems.map((problem) => (
                <List.Item key={problem.message}>{say(bareMessage(problem))}</List.Item>
              ))}
            </List>
          </Alert>
        )}
        {examples.length > 0 && (
          <Group gap={6} aria-label={t('run.examples')} role="group">
            {examples.map((example, at) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: values may be the same
              <Code key={at}>{String(example)}</Code>
            ))}
          </Group>
        )}
        <Facts
          of={[
            [
              t('run.runs'),
              t('run.runsIn', {
                count: runs,
                runs: format.format(runs),
                seconds: format.format(took / 1_000),
              }),
            ],
            ...(randomness
              ? ([
                  [
                    t('run.worth'),
                    <Badge
                      key="worth"
                      color={COLOURS[strengthOf(randomness)]}
                      variant="light"
                      tt="none"
                      radius="sm"
                    >
                      {t(`strength.${strengthOf(randomness)}`)}
                    </Badge>,
                  ],
                  [
                    t('run.entropy'),
                    t('run.bits', {
                      bits: format.format(randomness.collisionBits),
                      margin: format.format(randomness.marginBits),
                      guess: format.format(randomness.guessBits),
                    }),
                  ],
                  [
                    t('run.repeats'),
                    t('run.after', {
                      of: numberFormat({ notation: 'compact' }).format(randomness.duplicateLikelyAfter),
                    }),
                  ],
                ] as const)
              : []),
          ]}
        />
        {randomness && (
          <Text fz="xs" c="dimmed">
            {t('run.note')}
          </Text>
        )}
      </Stack>
    </Paper>
  );
}
