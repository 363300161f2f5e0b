import { ActionIcon, Group, Select, TextInput } from '@mantine/core';
import { IconTrash } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useRead } from '../../../api/index.ts';
import { CampaignPicker, PercentInput } from '../../../kit/index.ts';
import { type ExperimentFormOf, TREATMENTS } from './draft.ts';

const FEWEST = 2;

/** One arm: its share of the players, and what they get. The first one is compared with. */
export function ArmFields({ form, index }: { form: ExperimentFormOf; index: number }) {
  const { t } = useTranslation('experiments');
  const { arms } = form.values;
  const arm = arms[index];
  if (!arm) return null;
  const set = (patch: Partial<typeof arm>) =>
    form.setValues({ arms: arms.map((one, at) => (at === index ? { ...one, ...patch } : one)) });
  const errorOf = (name: string) => form.errors[`arms.${index}.${name}`];
  return (
    <Group align="flex-end" gap="xs" role="group" aria-label={arm.name}>
      <TextInput
        label={t(index === 0 ? 'new.baseline' : 'new.arm')}
        required
        flex="1 1 160px"
        value={arm.name}
        error={errorOf('name')}
        onChange={(event) => set({ name: event.currentTarget.value })}
      />
      <PercentInput
        label={t('numbers.weight.name')}
        required
        w={110}
        value={arm.weightBps}
        error={errorOf('weightBps')}
        onChange={(weightBps) => set({ weightBps })}
      />
      <Select
        label={t('new.gets')}
        w={150}
        allowDeselect={false}
        value={arm.treatment}
        data={TREATMENTS.map((value) => ({ value, label: t(`treatments.${value}`) }))}
        onChange={(treatment) =>
          treatment && set({ treatment: treatment as typeof arm.treatment, of: undefined })
        }
      />
      <What of={arm} onChange={(of) => set({ of })} />
      {arms.length > FEWEST && index > 0 && (
        <ActionIcon
          variant="subtle"
          color="gray"
          size={34}
          aria-label={t('new.removeArm', { name: arm.name })}
          onClick={() => form.setValues({ arms: arms.filter((_, at) => at !== index) })}
        >
          <IconTrash size={16} />
        </ActionIcon>
      )}
    </Group>
  );
}

interface WhatProps {
  readonly of: ExperimentFormOf['values']['arms'][number];
  readonly onChange: (of: string | undefined) => void;
}

/** Which campaign, batch or journey; nothing to pick for who gets nothing. */
function What({ of: { treatment, of }, onChange }: WhatProps) {
  const { t } = useTranslation('experiments');
  const field = { label: t('new.which'), required: true, w: 220 } as const;
  if (treatment === 'campaign') return <CampaignPicker {...field} value={of} onChange={onChange} />;
  if (treatment === 'batch') return <BatchPicker {...field} value={of} onChange={onChange} />;
  if (treatment === 'journey') return <JourneyPicker {...field} value={of} onChange={onChange} />;
  return null;
}

interface PickerProps {
  readonly label: string;
  readonly required: boolean;
  readonly w: number;
  readonly value: string | undefined;
  readonly onChange: (id: string | undefined) => void;
}

/** The latest are the ones that are tried out. */
const PAGE = 100;

function BatchPicker({ value, onChange, ...field }: PickerProps) {
  const batches = useRead('listCodeBatches', { query: { limit: PAGE } });
  return (
    <Select
      {...field}
      searchable
      value={value ?? null}
      onChange={(id) => onChange(id ?? undefined)}
      data={(batches.data?.items ?? []).map(({ id, pattern }) => ({ value: id, label: pattern ?? id }))}
    />
  );
}

function JourneyPicker({ value, onChange, ...field }: PickerProps) {
  const journeys = useRead('listJourneys', { query: { limit: PAGE } });
  return (
    <Select
      {...field}
      searchable
      value={value ?? null}
      onChange={(id) => onChange(id ?? undefined)}
      data={(journeys.data?.items ?? []).map(({ id, name }) => ({ value: id, label: name }))}
    />
  );
}
