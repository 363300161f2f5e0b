import { Select, Stack, Text, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { InstantInput } from '../../../../kit/index.ts';
import { RuleField } from '../../../../kit/inserts/index.ts';
import { useMember } from '../../../../session/index.ts';
import type { NodeOf } from '../../graph/types.ts';
import { useFaults } from '../faults.ts';
import { EventMatchFields } from '../fields/event-match.tsx';
import type { FormProps } from './form-props.ts';
import { nextTimes } from './next-times.ts';

type Source = NonNullable<NodeOf<'trigger'>['on']>;
type Schedule = Extract<Source, { source: 'schedule' }>;

const BLANK: { readonly [S in Source['source']]: Extract<Source, { source: S }> } = {
  event: { source: 'event', name: '', filter: null },
  client_action: { source: 'client_action', name: '', filter: null },
  segment: { source: 'segment', rule: '' },
  schedule: { source: 'schedule', times: { cron: '0 18 * * 5' }, audience: '' },
  api: { source: 'api' },
};
const SOURCES = Object.keys(BLANK) as Source['source'][];

/** What lets players in. */
export function TriggerForm({ id, node, onChange }: FormProps<NodeOf<'trigger'>>) {
  const { t } = useTranslation('journeys');
  const faultOf = useFaults(id);
  const { on } = node;
  const set = (next: Source, about?: string) => onChange({ ...node, on: next }, about);
  return (
    <Stack gap="sm">
      <Select
        label={t('trigger.source')}
        placeholder={t('trigger.choose')}
        data={SOURCES.map((source) => ({ value: source, label: t(`trigger.sources.${source}`) }))}
        value={on?.source ?? null}
        allowDeselect={false}
        error={on === null ? faultOf('on') : undefined}
        onChange={(source) => source !== null && set(BLANK[source as Source['source']])}
      />
      {on && (
        <Text fz="xs" c="dimmed">
          {t(`trigger.hints.${on.source}`)}
        </Text>
      )}
      {on && 'name' in on && (
        <EventMatchFields
          nodeId={id}
          field="on"
          fixedSource
          value={on}
          onChange={(match, about) => set(match as Source, about)}
        />
      )}
      {on?.source === 'segment' && (
        <RuleField
          label={t('trigger.rule')}
          value={on.rule}
          error={faultOf('on.rule')}
          required
          onChange={(rule) => set({ ...on, rule }, 'on.rule')}
        />
      )}
      {on?.source === 'schedule' && <ScheduleFields id={id} on={on} onChange={set} />}
    </Stack>
  );
}

function ScheduleFields({
  id,
  on,
  onChange,
}: {
  id: string;
  on: Schedule;
  onChange: (on: Schedule, about?: string) => void;
}) {
  const { t } = useTranslation('journeys');
  const faultOf = useFaults(id);
  const { brand } = useMember();
  const { times } = on;
  const isOnce = 'once' in times;
  return (
    <>
      <Select
        label={t('trigger.when')}
        data={[
          { value: 'cron', label: t('trigger.recurring') },
          { value: 'once', label: t('trigger.once') },
        ]}
        value={isOnce ? 'once' : 'cron'}
        allowDeselect={false}
        onChange={(chosen) =>
          onChange({
            ...on,
            times: chosen === 'once' ? { once: new Date().toISOString() } : { cron: '0 18 * * 5' },
          })
        }
      />
      {'once' in times ? (
        <InstantInput
          label={t('trigger.at')}
          value={times.once}
          error={faultOf('on.times.once')}
          required
          onChange={(at) => at !== null && onChange({ ...on, times: { once: at } }, 'on.times')}
        />
      ) : (
        <>
          <TextInput
            label={t('trigger.cron')}
            description={t('trigger.cronHint', { zone: brand.timeZone })}
            value={times.cron}
            error={faultOf('on.times.cron')}
            styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)' } }}
            onChange={(event) => onChange({ ...on, times: { cron: event.currentTarget.value } }, 'on.times')}
          />
          <NextTimes cron={times.cron} />
        </>
      )}
      <RuleField
        label={t('trigger.audience')}
        description={t('trigger.audienceHint')}
        value={on.audience}
        error={faultOf('on.audience')}
        required
        onChange={(audience) => onChange({ ...on, audience }, 'on.audience')}
      />
    </>
  );
}

function NextTimes({ cron }: { cron: string }) {
  const { t } = useTranslation('journeys');
  const { brand } = useMember();
  const times = nextTimes(cron, Date.now(), brand.timeZone);
  if (times.length === 0) return null;
  return (
    <Text fz="xs" c="dimmed">
      {t('trigger.next', { times: times.join(' · ') })}
    </Text>
  );
}
