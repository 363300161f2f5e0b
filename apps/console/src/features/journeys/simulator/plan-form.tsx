import {
  ActionIcon,
  Button,
  Divider,
  Group,
  JsonInput,
  NumberInput,
  Select,
  Stack,
  Text,
  TextInput,
} from '@mantine/core';
import { connectorsOf } from '@promosmith/core/journey';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { DurationInput, InstantInput, PlayerPicker } from '../../../kit/index.ts';
import { useWords } from '../drawing/words.ts';
import type { Definition } from '../graph/types.ts';
import { answered, type Happening, objectOf, type Plan, type Reply } from './script.ts';

const HOUR_MS = 3_600_000;
const MINUTE_MS = 60_000;
const NO_REPLY: Reply = { outcome: '', afterMs: MINUTE_MS };

interface Props {
  readonly plan: Plan;
  readonly definition: Definition;
  readonly onChange: (plan: Plan) => void;
}

/** What is made up: who enters and when, what becomes of messages and actions, what happens besides. */
export function PlanForm({ plan, definition, onChange }: Props) {
  const { t } = useTranslation('journeys');
  const words = useWords(definition);
  const set = (patch: Partial<Plan>) => onChange({ ...plan, ...patch });
  const fault = (text: string) => (objectOf(text) === undefined ? t('test.noData') : undefined);
  return (
    <>
      <PlayerPicker
        label={t('simulate.player')}
        description={t('simulate.playerHint')}
        value={plan.player}
        onChange={(player) => set({ player })}
      />
      <Group grow align="flex-start" gap="xs">
        <InstantInput
          label={t('simulate.startsAt')}
          description={t('simulate.now')}
          value={plan.startsAt}
          onChange={(startsAt) => set({ startsAt })}
        />
        <NumberInput
          label={t('simulate.days')}
          min={1}
          max={366}
          value={plan.days}
          onChange={(days) => typeof days === 'number' && set({ days })}
        />
      </Group>
      <JsonInput
        label={t('test.event')}
        placeholder='{ "amount": 2500 }'
        autosize
        minRows={1}
        value={plan.entry}
        error={fault(plan.entry)}
        onChange={(entry) => set({ entry })}
      />
      <Divider label={t('simulate.replies')} labelPosition="left" />
      {answered(definition).map((id) => {
        const node = definition.nodes[id];
        if (!node) return null;
        const reply = plan.replies[id] ?? NO_REPLY;
        const replace = (next: Reply) => set({ replies: { ...plan.replies, [id]: next } });
        return (
          <Stack key={id} gap={6}>
            <Select
              label={words.title(id, node)}
              placeholder={t(node.kind === 'webhook' ? 'simulate.succeeds' : 'simulate.silent')}
              clearable
              data={connectorsOf(node).map((value) => ({ value, label: words.connector(node, value) }))}
              value={reply.outcome === '' ? null : reply.outcome}
              onChange={(outcome) => replace({ ...reply, outcome: outcome ?? '' })}
            />
            {reply.outcome !== '' && (
              <DurationInput
                label={t('simulate.after')}
                value={reply.afterMs / 1_000}
                onChange={(seconds) =>
                  seconds !== undefined && replace({ ...reply, afterMs: seconds * 1_000 })
                }
              />
            )}
          </Stack>
        );
      })}
      {answered(definition).length === 0 && (
        <Text fz="xs" c="dimmed">
          {t('simulate.noReplies')}
        </Text>
      )}
      <Divider label={t('simulate.happenings')} labelPosition="left" />
      {plan.happenings.map((happening, index) => (
        <HappeningFields
          // biome-ignore lint/suspicious/noArrayIndexKey: happenings have nothing else to be known by
          key={index}
          value={happening}
          fault={fault(happening.data)}
          onChange={(next) =>
            set({
              happenings:
                next === undefined ? plan.happenings.toSpliced(index, 1) : plan.happenings.with(index, next),
            })
          }
        />
      ))}
      <Button
        variant="light"
        size="compact-sm"
        leftSection={<IconPlus size={14} />}
        onClick={() =>
          set({
            happenings: [
              ...plan.happenings,
              { afterMs: HOUR_MS, source: 'event', name: 'deposit.succeeded', data: '' },
            ],
          })
        }
      >
        {t('simulate.addHappening')}
      </Button>
    </>
  );
}

function HappeningFields({
  value,
  fault,
  onChange,
}: {
  value: Happening;
  fault: string | undefined;
  onChange: (next: Happening | undefined) => void;
}) {
  const { t } = useTranslation('journeys');
  return (
    <Stack
      gap={6}
      component="fieldset"
      p="xs"
      bd="1px solid var(--mantine-color-default-border)"
      bdrs="sm"
      m={0}
    >
      <Group gap={6} wrap="nowrap">
        <Select
          aria-label={t('fields.source')}
          size="xs"
          data={(['event', 'client_action'] as const).map((source) => ({
            value: source,
            label: t(`fields.sources.${source}`),
          }))}
          value={value.source}
          allowDeselect={false}
          onChange={(source) =>
            onChange({ ...value, source: source === 'client_action' ? 'client_action' : 'event' })
          }
        />
        <ActionIcon
          variant="subtle"
          color="gray"
          aria-label={t('simulate.removeHappening', { name: value.name })}
          onClick={() => onChange(undefined)}
        >
          <IconTrash size={15} />
        </ActionIcon>
      </Group>
      <TextInput
        size="xs"
        label={t('simulate.name')}
        value={value.name}
        onChange={(event) => onChange({ ...value, name: event.currentTarget.value })}
      />
      <DurationInput
        label={t('simulate.afterEntry')}
        value={value.afterMs / 1_000}
        onChange={(seconds) => seconds !== undefined && onChange({ ...value, afterMs: seconds * 1_000 })}
      />
      <JsonInput
        size="xs"
        label={t('simulate.data')}
        autosize
        minRows={1}
        value={value.data}
        error={fault}
        onChange={(data) => onChange({ ...value, data })}
      />
    </Stack>
  );
}
