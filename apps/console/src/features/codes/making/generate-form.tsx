import { Button, Collapse, Group, NumberInput, SegmentedControl, Stack, Textarea } from '@mantine/core';
import { type UseFormReturnType, useForm } from '@mantine/form';
import { useDisclosure } from '@mantine/hooks';
import { useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { type Call, useAct } from '../../../api/index.ts';
import { CampaignPicker, ErrorBox, fieldFaults, InstantInput, tellDone } from '../../../kit/index.ts';
import { separators } from '../../../texts/index.ts';
import type { FormProps } from './form-props.ts';
import { PatternFields } from './pattern-fields.tsx';
import { linesOf, patternOf } from './values.ts';

interface Values {
  campaignId: string | undefined;
  kind: 'unique' | 'personal';
  count: number;
  holders: string;
  maxUses: number;
  pattern: string;
  alphabet: string;
  allowOffensive: boolean;
  startsAt: string | null;
  endsAt: string | null;
}

type Body = Call<'createCodeBatch'>['body'];

function bodyOf(values: Values): Body {
  const { kind, count, holders, maxUses, startsAt, endsAt } = values;
  const shape = { ...patternOf(values), startsAt, endsAt };
  if (kind === 'unique') return { kind, count, ...shape };
  return { kind, holders: linesOf(holders), maxUses, ...shape };
}

/** Makes a batch of codes, as a job: how they will look and how hard they are to guess is shown before. */
export function GenerateForm({ campaignId, onClose }: FormProps) {
  const { t } = useTranslation('codes');
  const navigate = useNavigate();
  const form = useForm<Values>({
    initialValues: {
      ...{ campaignId, kind: 'unique', count: 1_000, holders: '', maxUses: 1 },
      ...{ pattern: '', alphabet: '', allowOffensive: false, startsAt: null, endsAt: null },
    },
    validate: {
      campaignId: (picked) => (picked === undefined ? t('pickCampaign') : null),
      holders: (text, { kind }) =>
        kind === 'personal' && linesOf(text).length === 0 ? t('generate.needsHolders') : null,
    },
  });
  const { values } = form;
  const make = useAct('createCodeBatch', ({ id, status }) => {
    tellDone(t(status === 'pending_approval' ? 'generate.waits' : 'generate.started'));
    onClose();
    void navigate({ to: '/code-batches/$batchId', params: { batchId: id } });
  });
  const submit = () => {
    if (values.campaignId === undefined) return;
    make.mutate(
      { params: { campaignId: values.campaignId }, body: bodyOf(values) },
      { onError: (error) => form.setErrors(fieldFaults(error)) },
    );
  };
  const count = values.kind === 'unique' ? values.count : linesOf(values.holders).length;
  return (
    <form onSubmit={form.onSubmit(submit)}>
      <Stack gap="sm">
        <CampaignPicker
          label={t('campaign')}
          required
          {...form.getInputProps('campaignId')}
          value={values.campaignId}
        />
        <SegmentedControl
          aria-label={t('kind')}
          data={[
            { value: 'unique', label: t('generate.unique') },
            { value: 'personal', label: t('generate.personal') },
          ]}
          {...form.getInputProps('kind')}
        />
        {values.kind === 'unique' ? (
          <NumberInput
            label={t('generate.count')}
            description={t('generate.countHint')}
            required
            min={1}
            max={10_000_000}
            {...separators()}
            allowDecimal={false}
            {...form.getInputProps('count')}
          />
        ) : (
          <Holders form={form} />
        )}
        <PatternFields form={form} count={Math.max(1, count)} />
        <Lifetime form={form} />
        {make.error && <ErrorBox error={make.error} />}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            {t('cancel')}
          </Button>
          <Button type="submit" loading={make.isPending}>
            {t('generate.submit', { count })}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

function Holders({ form }: { form: UseFormReturnType<Values> }) {
  const { t } = useTranslation('codes');
  return (
    <>
      <Textarea
        label={t('generate.holders')}
        description={t('generate.holdersHint')}
        required
        autosize
        minRows={3}
        maxRows={10}
        {...form.getInputProps('holders')}
      />
      <NumberInput
        label={t('maxUses')}
        min={1}
        allowDecimal={false}
        required
        {...form.getInputProps('maxUses')}
      />
    </>
  );
}

function Lifetime({ form }: { form: UseFormReturnType<Values> }) {
  const { t } = useTranslation('codes');
  const [opened, { toggle }] = useDisclosure();
  return (
    <div>
      <Button variant="subtle" size="compact-sm" aria-expanded={opened} onClick={toggle}>
        {t('lifetime')}
      </Button>
      <Collapse expanded={opened}>
        <Group grow align="flex-start" mt="xs">
          <InstantInput
            label={t('startsAt')}
            {...form.getInputProps('startsAt')}
            value={form.values.startsAt}
          />
          <InstantInput label={t('endsAt')} {...form.getInputProps('endsAt')} value={form.values.endsAt} />
        </Group>
      </Collapse>
    </div>
  );
}
