import { Alert, Box, Code, Group, Progress, Stack, Switch, Text, TextInput } from '@mantine/core';
import type { UseFormReturnType } from '@mantine/form';
import { useDebouncedValue } from '@mantine/hooks';
import { useTranslation } from 'react-i18next';
import { type Answer, useRead } from '../../../api/index.ts';
import { ErrorBox } from '../../../kit/index.ts';
import { numberFormat } from '../../../texts/index.ts';
import { meterOf, type PatternValues, patternOf, strengthOf } from './values.ts';

const MONOSPACE = { input: { fontFamily: 'var(--mantine-font-family-monospace)' } };
const TYPING_MS = 250;
/** Above it one number is as good as another. */
const MOST_TOLD = 1e15;
const COLOURS = { weak: 'red', fair: 'yellow', strong: 'green' } as const;

interface Props<Values extends PatternValues> {
  readonly form: UseFormReturnType<Values>;
  /** How many codes are wanted of the pattern. */
  readonly count: number;
}

/** How codes look, with examples and how hard they are to guess, as it is typed. */
export function PatternFields<Values extends PatternValues>({ form, count }: Props<Values>) {
  const { t } = useTranslation('codes');
  const { pattern, alphabet, allowOffensive } = form.values;
  const [asked] = useDebouncedValue(
    { ...patternOf({ pattern, alphabet, allowOffensive }), count },
    TYPING_MS,
  );
  const check = useRead('checkCodePattern', { body: asked });
  return (
    <>
      <TextInput
        label={t('pattern.label')}
        description={t('pattern.hint')}
        placeholder="SPRING-####-####@"
        styles={MONOSPACE}
        maxLength={256}
        autoComplete="off"
        spellCheck={false}
        {...form.getInputProps('pattern')}
      />
      <TextInput
        label={t('pattern.alphabet')}
        description={t('pattern.alphabetHint')}
        placeholder="0123456789ABCDEFGHJKMNPQRSTVWXYZ"
        styles={MONOSPACE}
        maxLength={256}
        autoComplete="off"
        spellCheck={false}
        {...form.getInputProps('alphabet')}
      />
      <Switch
        label={t('pattern.allowOffensive')}
        {...form.getInputProps('allowOffensive', { type: 'checkbox' })}
      />
      <Box aria-live="polite">
        {check.error ? (
          <ErrorBox error={check.error} />
        ) : (
          check.data && <Preview of={check.data} count={count} />
        )}
      </Box>
    </>
  );
}

function Preview({
  of: { strength, fits, examples },
  count,
}: {
  of: Answer<'checkCodePattern'>;
  count: number;
}) {
  const { t } = useTranslation('codes');
  return (
    <Stack gap="xs">
      {!fits && <Alert color="red">{t('pattern.tooFew', { count, possible: strength.possibleCodes })}</Alert>}
      <Meter of={strength} />
      <Group gap={6} aria-label={t('pattern.examples')} role="group">
        {examples.map((example) => (
          <Code key={example} fz="sm">
            {example}
          </Code>
        ))}
      </Group>
    </Stack>
  );
}

/** How many bits a code has, and what that means to who guesses. */
export function Meter({ of: { bits, guessesPerHit } }: { of: Answer<'checkCodePattern'>['strength'] }) {
  const { t } = useTranslation('codes');
  const strength = strengthOf(guessesPerHit);
  const guesses = numberFormat({
    useGrouping: true,
    notation: 'compact',
    compactDisplay: 'long',
    maximumSignificantDigits: 3,
  }).format(Math.min(guessesPerHit, MOST_TOLD));
  return (
    <Stack gap={4}>
      <Group justify="space-between" gap="xs">
        <Text fz="sm" fw={500}>
          {t(`strength.${strength}`)}
        </Text>
        <Text fz="xs" c="dimmed">
          {t('strength.bits', { bits: numberFormat().format(Math.round(bits * 10) / 10) })}
        </Text>
      </Group>
      <Progress value={meterOf(bits)} color={COLOURS[strength]} aria-label={t('strength.label')} />
      <Text fz="xs" c="dimmed">
        {t(guessesPerHit > MOST_TOLD ? 'strength.guessesMore' : 'strength.guesses', { guesses })}
      </Text>
    </Stack>
  );
}
