import { Progress as Bar, Group, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Count } from '../../kit/index.ts';
import type { Job } from './job.ts';

/** How far a job is, in the unit of its kind. */
export function Progress({ of: { done, total, status } }: { of: Pick<Job, 'done' | 'total' | 'status'> }) {
  const { t } = useTranslation('jobs');
  const share = total ? (done / total) * 100 : status === 'succeeded' ? 100 : 0;
  return (
    <Group gap="xs" wrap="nowrap" justify="flex-end">
      {total !== null && (
        <Bar
          value={share}
          w={100}
          size="sm"
          color={status === 'failed' || status === 'cancelled' ? 'gray' : 'iris'}
          animated={status === 'running'}
          aria-label={t('progress')}
        />
      )}
      <Text span fz="xs" c="dimmed" style={{ whiteSpace: 'nowrap' }}>
        <Count of={done} />
        {total !== null && (
          <>
            {' / '}
            <Count of={total} />
          </>
        )}
      </Text>
    </Group>
  );
}
