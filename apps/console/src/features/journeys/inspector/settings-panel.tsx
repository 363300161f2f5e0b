import {
  Checkbox,
  Divider,
  Group,
  NumberInput,
  Select,
  Stack,
  Switch,
  Text,
  TextInput,
  Title,
} from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { PercentInput } from '../../../kit/index.ts';
import { RuleField } from '../../../kit/inserts/index.ts';
import { separators } from '../../../texts/index.ts';
import { useEditor } from '../editor/editor-context.ts';
import { MESSAGE_KINDS, type Settings } from '../graph/types.ts';
import { useFaults } from './faults.ts';
import { EventMatchFields } from './fields/event-match.tsx';
import { SpanField } from './fields/span-field.tsx';
import { ProductSelect } from './product-select.tsx';

const PERIODS = ['day', 'week', 'month'] as const;
const WEEK_MS = 604_800_000;

/** Settings of the journey as a whole. */
export function SettingsPanel() {
  const { t } = useTranslation('journeys');
  const { draft, definition, editHead, editSettings } = useEditor();
  const { settings } = definition;
  const faultOf = useFaults(null);
  return (
    <Stack gap="md">
      <Title order={2} fz="md">
        {t('settings.label')}
      </Title>
      <Text fz="xs" c="dimmed">
        {t('settings.hint')}
      </Text>
      <TextInput
        label={t('list.name')}
        required
        maxLength={200}
        value={draft.name}
        onChange={(event) => editHead({ name: event.currentTarget.value })}
      />
      <ProductSelect value={draft.product} onChange={(product) => editHead({ product })} />
      <Divider label={t('settings.entering')} labelPosition="left" />
      <EntryRule value={settings.entry} onChange={(entry) => editSettings({ entry })} />
      <NumberInput
        label={t('settings.fields.entryCap')}
        description={t('settings.capHint')}
        placeholder={t('settings.noCap')}
        min={1}
        {...separators()}
        value={settings.entryCap ?? ''}
        error={faultOf('entryCap')}
        onChange={(cap) => editSettings({ entryCap: typeof cap === 'number' ? cap : null }, 'entryCap')}
      />
      <PercentInput
        label={t('settings.fields.controlBps')}
        description={t('settings.controlHint')}
        value={settings.controlBps}
        error={faultOf('controlBps')}
        onChange={(bps) => editSettings({ controlBps: bps ?? 0 }, 'controlBps')}
      />
      <Divider label={t('settings.fields.quietHours')} labelPosition="left" />
      <QuietHours />
      <Divider label={t('settings.fields.goal')} labelPosition="left" />
      <Goal />
      <Divider label={t('settings.fields.exitWhen')} labelPosition="left" />
      <RuleField
        label={t('settings.exitRule')}
        description={t('settings.exitHint')}
        value={settings.exitWhen ?? ''}
        error={faultOf('exitWhen')}
        onChange={(rule) => editSettings({ exitWhen: rule === '' ? null : rule }, 'exitWhen')}
      />
    </Stack>
  );
}

function EntryRule({
  value,
  onChange,
}: {
  value: Settings['entry'];
  onChange: (entry: Settings['entry']) => void;
}) {
  const { t } = useTranslation('journeys');
  const rules = ['once', ...PERIODS, 'whenever_outside'] as const;
  return (
    <Select
      label={t('settings.fields.entry')}
      data={rules.map((rule) => ({ value: rule, label: t(`settings.entries.${rule}`) }))}
      value={value.rule === 'once_per_period' ? value.period : value.rule}
      allowDeselect={false}
      onChange={(chosen) => {
        const period = PERIODS.find((one) => one === chosen);
        if (period) onChange({ rule: 'once_per_period', period });
        else onChange({ rule: chosen === 'once' ? 'once' : 'whenever_outside' });
      }}
    />
  );
}

function QuietHours() {
  const { t } = useTranslation('journeys');
  const { definition, editSettings } = useEditor();
  const { quietHours } = definition.settings;
  const faultOf = useFaults(null);
  const set = (next: typeof quietHours) => editSettings({ quietHours: next }, 'quietHours');
  return (
    <Stack gap="sm">
      <Switch
        label={t('settings.quiet')}
        description={t('settings.quietHint')}
        checked={quietHours !== null}
        onChange={(event) =>
          set(
            event.currentTarget.checked
              ? { from: '22:00', to: '08:00', channels: ['email', 'push', 'telegram', 'sms'] }
              : null,
          )
        }
      />
      {quietHours && (
        <>
          <Group grow gap="xs">
            <TextInput
              type="time"
              label={t('settings.from')}
              value={quietHours.from}
              error={faultOf('quietHours')}
              onChange={(event) => set({ ...quietHours, from: event.currentTarget.value })}
            />
            <TextInput
              type="time"
              label={t('settings.to')}
              value={quietHours.to}
              onChange={(event) => set({ ...quietHours, to: event.currentTarget.value })}
            />
          </Group>
          <Checkbox.Group
            label={t('settings.channels')}
            value={quietHours.channels}
            onChange={(chosen) =>
              set({ ...quietHours, channels: MESSAGE_KINDS.filter((kind) => chosen.includes(kind)) })
            }
          >
            <Group gap="xs" mt={6}>
              {MESSAGE_KINDS.map((kind) => (
                <Checkbox key={kind} size="xs" value={kind} label={t(`kinds.${kind}`)} />
              ))}
            </Group>
          </Checkbox.Group>
        </>
      )}
    </Stack>
  );
}

function Goal() {
  const { t } = useTranslation('journeys');
  const { definition, editSettings } = useEditor();
  const { goal } = definition.settings;
  const faultOf = useFaults(null);
  const set = (next: typeof goal, about = 'goal') => editSettings({ goal: next }, about);
  return (
    <Stack gap="sm">
      <Switch
        label={t('settings.goal')}
        description={t('settings.goalHint')}
        checked={goal !== null}
        onChange={(event) =>
          set(
            event.currentTarget.checked
              ? {
                  event: { source: 'event', name: 'deposit.succeeded', filter: null },
                  withinMs: WEEK_MS,
                  exitOnGoal: false,
                }
              : null,
          )
        }
      />
      {goal && (
        <>
          <EventMatchFields
            nodeId={null}
            field="goal.event"
            value={goal.event}
            onChange={(event, about) => set({ ...goal, event }, about)}
          />
          <SpanField
            label={t('settings.within')}
            value={goal.withinMs}
            error={faultOf('goal.withinMs')}
            onChange={(withinMs) => set({ ...goal, withinMs }, 'goal.withinMs')}
          />
          <Switch
            label={t('settings.exitOnGoal')}
            checked={goal.exitOnGoal}
            onChange={(event) => set({ ...goal, exitOnGoal: event.currentTarget.checked })}
          />
        </>
      )}
    </Stack>
  );
}
