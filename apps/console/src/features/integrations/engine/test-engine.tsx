import { Alert, Button, Stack, Text } from '@mantine/core';
import { IconPlugConnected } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useAct } from '../../../api/index.ts';
import { ErrorBox, JsonText } from '../../../kit/index.ts';

/** Sends the engine a message that means nothing, and shows what came of it. */
export function TestEngine() {
  const { t } = useTranslation('integrations');
  const test = useAct('testBonusEngine');
  const { data: answer } = test;
  return (
    <Stack gap="sm" flex={answer || test.error ? '1 1 100%' : undefined}>
      <Button
        variant="default"
        leftSection={<IconPlugConnected size={15} />}
        loading={test.isPending}
        onClick={() => test.mutate({})}
        style={{ alignSelf: 'flex-start' }}
      >
        {t('test.label')}
      </Button>
      {test.error && <ErrorBox error={test.error} />}
      {answer && (
        <Alert
          role="status"
          color={answer.accepted ? 'green' : 'red'}
          title={t(answer.accepted ? 'test.engineAccepted' : 'test.engineFailed')}
        >
          <Text fz="sm" mb={answer.response ? 'xs' : 0}>
            {t('test.answered', { status: answer.status ?? '—', ms: answer.durationMs })}
            {answer.error !== null && ` ${answer.error}`}
          </Text>
          {answer.response && <JsonText of={answer.response} label={t('test.answer')} />}
        </Alert>
      )}
    </Stack>
  );
}
