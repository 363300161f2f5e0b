import { Stack } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { NodeOf } from '../../graph/types.ts';
import { useFaults } from '../faults.ts';
import { EventMatchFields } from '../fields/event-match.tsx';
import { OptionalSpanField } from '../fields/span-field.tsx';
import type { FormProps } from './form-props.ts';

const DAY_MS = 86_400_000;

/** What is waited for, and for how long. */
export function WaitForm({ id, node, onChange }: FormProps<NodeOf<'wait_event'>>) {
  const { t } = useTranslation('journeys');
  const faultOf = useFaults(id);
  return (
    <Stack gap="sm">
      <EventMatchFields
        nodeId={id}
        field="event"
        value={node.event}
        onChange={(event, about) => onChange({ ...node, event }, about)}
      />
      <OptionalSpanField
        label={t('wait.timeout')}
        none={t('wait.endless')}
        otherwise={DAY_MS}
        value={node.timeoutMs}
        error={faultOf('timeoutMs')}
        onChange={(timeoutMs) => onChange({ ...node, timeoutMs }, 'timeoutMs')}
      />
    </Stack>
  );
}
