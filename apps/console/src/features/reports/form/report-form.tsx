import { Group, MultiSelect, Select, Stack, Switch, Text, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useAct } from '../../../api/index.ts';
import {
  CampaignPicker,
  ErrorBox,
  FormEnd,
  fieldFaults,
  Panel,
  PlayerPicker,
  tellDone,
} from '../../../kit/index.ts';
import { useMember } from '../../../session/index.ts';
import { useSay } from '../../../texts/index.ts';
import type { Kind, Report } from '../words.ts';
import { type Draft, inputOf, LENGTHS, type ReportFormOf } from './draft.ts';
import { ScheduleFields } from './schedule-fields.tsx';

interface Props {
  readonly kinds: readonly Kind[];
  readonly draft: Draft;
  /** The report that is changed. */
  readonly report?: Report;
}

/** What a report is of, who sees it, and when it is sent. */
export function ReportForm({ kinds, draft, report }: Props) {
  const { t } = useTranslation('reports');
  const { session } = useMember();
  const navigate = useNavigate();
  const form = useForm<Draft>({
    initialValues: draft.recipients.length > 0 ? draft : { ...draft, recipients: [session.staffId] },
  });
  const kind = kinds.find((one) => one.kind === form.values.kind);
  const done = ({ id }: { id: string }) => {
    tellDone(t('saved'));
    void navigate({ to: '/reports/$reportId', params: { reportId: id } });
  };
  const create = useAct('createReport', done);
  const update = useAct('updateReport', done);
  const { error, isPending } = report ? update : create;
  const submit = (values: Draft) => {
    const body = inputOf(values, kind?.filters ?? []);
    const tell = { onError: (fault: Error) => form.setErrors(fieldFaults(fault)) };
    if (report) {
      const { id: reportId, revision } = report;
      update.mutate({ params: { reportId }, body: { ...body, revision } }, tell);
    } else create.mutate({ body }, tell);
  };
  return (
    <form onSubmit={form.onSubmit(submit)}>
      <Stack gap="lg">
        <Panel title={t('what')}>
          <What form={form} kinds={kinds} kind={kind} />
        </Panel>
        <Panel title={t('schedule.label')}>
          <ScheduleFields form={form} />
        </Panel>
        {error && <ErrorBox error={error} />}
        <FormEnd
          submit={t('save')}
          isBusy={isPending}
          onCancel={() =>
            void (report
              ? navigate({ to: '/reports/$reportId', params: { reportId: report.id } })
              : navigate({ to: '/reports' }))
          }
        />
      </Stack>
    </form>
  );
}

interface WhatProps {
  readonly form: ReportFormOf;
  readonly kinds: readonly Kind[];
  readonly kind: Kind | undefined;
}

function What({ form, kinds, kind }: WhatProps) {
  const { t } = useTranslation('reports');
  const say = useSay();
  const { values } = form;
  const columnName = (name: string) => t(`columns.${name}`, { defaultValue: name });
  return (
    <Stack gap="sm">
      <TextInput label={t('name')} required maxLength={200} data-autofocus {...form.getInputProps('name')} />
      <Select
        label={t('kind')}
        description={kind && say(kind.description)}
        required
        allowDeselect={false}
        data={kinds.map((one) => ({ value: one.kind, label: say(one.title) }))}
        {...form.getInputProps('kind')}
        onChange={(chosen) => form.setValues({ kind: chosen ?? values.kind, columns: [] })}
      />
      <Group align="flex-end" gap="xs">
        <Select
          label={t('period.label')}
          w={240}
          allowDeselect={false}
          data={[
            ...LENGTHS.map((days) => ({
              value: `last_${days}`,
              label: t('period.lastDays', { count: Number(days) }),
            })),
            { value: 'last_month', label: t('period.lastMonth') },
            { value: 'days', label: t('period.certain') },
          ]}
          {...form.getInputProps('period')}
        />
        {values.period === 'days' && (
          <>
            <TextInput type="date" label={t('period.from')} required {...form.getInputProps('from')} />
            <TextInput type="date" label={t('period.to')} required {...form.getInputProps('to')} />
          </>
        )}
      </Group>
      {kind?.filters.includes('campaignId') && (
        <CampaignPicker
          label={t('campaign')}
          placeholder={t('allCampaigns')}
          clearable
          value={values.campaignId}
          onChange={(campaignId) => form.setValues({ campaignId })}
        />
      )}
      {kind?.filters.includes('player') && (
        <PlayerPicker label={t('player')} {...form.getInputProps('player')} value={values.player} />
      )}
      <MultiSelect
        label={t('columnsLabel')}
        placeholder={values.columns.length === 0 ? t('allColumns') : ''}
        data={(kind?.columns ?? []).map(({ name }) => ({ value: name, label: columnName(name) }))}
        clearable
        {...form.getInputProps('columns')}
      />
      <Switch label={t('shareIt')} {...form.getInputProps('shared', { type: 'checkbox' })} />
      <Text fz="xs" c="dimmed">
        {t('shareHint')}
      </Text>
    </Stack>
  );
}
