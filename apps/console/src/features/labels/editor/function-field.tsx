import { Button, Group, Stack, Text } from '@mantine/core';
import { IconPlayerPlay } from '@tabler/icons-react';
import { lazy, Suspense, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useAct } from '../../../api/index.ts';
import { ErrorBox, Skeletons } from '../../../kit/index.ts';
import { useMay } from '../../../session/index.ts';
import { useSay } from '../../../texts/index.ts';
import { bareMessage, lineOf } from './reading.ts';
import { RunResult } from './run-result.tsx';

const CodeEditor = lazy(async () => ({ default: (await import('./code-editor.tsx')).CodeEditor }));

interface Props {
  /** Of the label tag: errors name it. */
  readonly name: string;
  readonly label: string;
  readonly value: string;
  readonly error: string | undefined;
  readonly disabled: boolean;
  readonly onChange: (source: string) => void;
}

/** A function, and what comes of running it many times. */
export function FunctionField({ name, label, value, error, disabled, onChange }: Props) {
  const { t } = useTranslation('labels');
  const say = useSay();
  const mayRun = useMay('journeys:write');
  const [took, setTook] = useState<number>();
  const run = useAct('testLabelFunction');
  const ran = run.data;
  const isOld = run.variables?.body.source !== value;
  const problems = useMemo(
    () =>
      isOld
        ? []
        : (ran?.problems ?? []).flatMap((problem) => {
            const line = lineOf(problem);
            return line === undefined ? [] : [{ line, message: say(bareMessage(problem)) }];
          }),
    [ran, isOld, say],
  );
  const start = async () => {
    const began = performance.now();
    await run.mutateAsync({ body: { name, source: value } }).catch(() => undefined);
    setTook(performance.now() - began);
  };
  return (
    <Stack gap="xs">
      <Suspense fallback={<Skeletons rows={5} />}>
        <CodeEditor
          label={label}
          description={t('editor.sourceHint')}
          error={error}
          value={value}
          problems={problems}
          disabled={disabled}
          onChange={onChange}
        />
      </Suspense>
      {mayRun && (
        <Group gap="sm">
          <Button
            variant="default"
            leftSection={<IconPlayerPlay size={15} />}
            loading={run.isPending}
            disabled={value.trim() === ''}
            onClick={() => void start()}
          >
            {t('run.start')}
          </Button>
          <Text fz="xs" c="dimmed" flex={1} miw={200}>
            {t('run.limits')}
          </Text>
        </Group>
      )}
      {run.error && <ErrorBox error={run.error} />}
      {ran && !run.isPending && took !== undefined && <RunResult of={ran} took={took} isOld={isOld} />}
    </Stack>
  );
}
