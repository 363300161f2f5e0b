import { Group, Progress } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Count } from '../../kit/index.ts';

/** From 0 to 100; the bar and the number say the same. */
export function Priority({ of }: { of: number }) {
  const { t } = useTranslation('cases');
  return (
    <Group gap={8} wrap="nowrap" w={92} title={t('priorityHint')}>
      <Count of={of} />
      <Progress.Root size={6} flex={1} aria-hidden>
        <Progress.Section
          value={of}
          color={of >= 85 ? 'red' : of >= 60 ? 'orange' : 'gray'}
          withAria={false}
        />
      </Progress.Root>
    </Group>
  );
}
