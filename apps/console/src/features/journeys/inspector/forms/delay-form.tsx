import { Chip, Group, Input, SegmentedControl, Stack, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { weekdayNames } from '../../drawing/words.ts';
import type { NodeOf } from '../../graph/types.ts';
import { useFaults } from '../faults.ts';
import { SpanField } from '../fields/span-field.tsx';
import type { FormProps } from './form-props.ts';

type Delay = NodeOf<'delay'>['delay'];
type Until = Extract<Delay, { until: unknown }>['until'];
const HOUR_MS = 3_600_000;

/** A length of time, or until the player's clock next shows a time. */
export function DelayForm({ id, node, onChange }: FormProps<NodeOf<'delay'>>) {
  const { t } = useTranslation('journeys');
  const faultOf = useFaults(id);
  const { delay } = node;
  return (
    <Stack gap="sm">
      <SegmentedControl
        size="xs"
        aria-label={t('delay.how')}
        value={'forMs' in delay ? 'for' : 'until'}
        onChange={(how) =>
          onChange({
            ...node,
            delay: how === 'for' ? { forMs: HOUR_MS } : { until: { time: '09:00', weekdays: null } },
          })
        }
        data={[
          { value: 'for', label: t('delay.for') },
          { value: 'until', label: t('delay.until') },
        ]}
      />
      {'forMs' in delay ? (
        <SpanField
          label={t('delay.length')}
          value={delay.forMs}
          error={faultOf('delay.forMs')}
          onChange={(forMs) => onChange({ ...node, delay: { forMs } }, 'delay')}
        />
      ) : (
        <UntilFields
          id={id}
          until={delay.until}
          onChange={(until) => onChange({ ...node, delay: { until } }, 'delay')}
        />
      )}
    </Stack>
  );
}

function UntilFields({
  id,
  until,
  onChange,
}: {
  id: string;
  until: Until;
  onChange: (until: Until) => void;
}) {
  const { t } = useTranslation('journeys');
  const faultOf = useFaults(id);
  const days = until.weekdays ?? [];
  return (
    <>
      <TextInput
        type="time"
        label={t('delay.time')}
        description={t('delay.timeHint')}
        value={until.time}
        error={faultOf('delay.until.time')}
        onChange={(event) => onChange({ ...until, time: event.currentTarget.value })}
      />
      <Input.Wrapper
        label={t('delay.weekdays')}
        labelElement="div"
        description={t('delay.weekdaysHint')}
        error={faultOf('delay.until.weekdays')}
      >
        <Chip.Group
          multiple
          value={days.map(String)}
          onChange={(chosen) =>
            onChange({ ...until, weekdays: chosen.length === 0 ? null : chosen.map(Number).sort() })
          }
        >
          <Group gap={4} mt={6}>
            {weekdayNames().map((name, index) => (
              <Chip key={name} value={String(index + 1)} size="xs">
                {name}
              </Chip>
            ))}
          </Group>
        </Chip.Group>
      </Input.Wrapper>
    </>
  );
}
