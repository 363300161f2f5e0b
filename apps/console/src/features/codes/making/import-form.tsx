import { Alert, Button, Code, FileInput, Group, Select, Stack, Text } from '@mantine/core';
import { useForm } from '@mantine/form';
import { IconFileTypeCsv } from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Answer, useAct } from '../../../api/index.ts';
import { CampaignPicker, ErrorBox, FormEnd, tellDone } from '../../../kit/index.ts';
import { BadLines } from '../batch/bad-lines.tsx';
import type { FormProps } from './form-props.ts';

type Report = Extract<Answer<'importCodes'>, { report: unknown }>;

interface Values {
  campaignId: string | undefined;
  kind: 'shared' | 'unique' | 'personal';
  file: File | null;
}

/** Takes codes from a file, and says of each line that was left out why. */
export function ImportForm({ campaignId, onClose }: FormProps) {
  const { t } = useTranslation('codes');
  const navigate = useNavigate();
  const [report, setReport] = useState<Report>();
  const form = useForm<Values>({
    initialValues: { campaignId, kind: 'unique', file: null },
    validate: {
      campaignId: (picked) => (picked === undefined ? t('pickCampaign') : null),
      file: (file) => (file === null ? t('import.needsFile') : null),
    },
  });
  const { values } = form;
  const show = (batchId: string) => {
    onClose();
    void navigate({ to: '/code-batches/$batchId', params: { batchId } });
  };
  const load = useAct('importCodes', (answer) => {
    if ('report' in answer) {
      setReport(answer);
      return;
    }
    tellDone(t('import.started'));
    show(answer.id);
  });
  if (report) return <Done report={report} onShow={() => show(report.batch.id)} />;
  const submit = () => {
    if (values.campaignId === undefined || values.file === null) return;
    load.mutate({
      params: { campaignId: values.campaignId },
      query: { kind: values.kind },
      body: values.file,
    });
  };
  return (
    <form onSubmit={form.onSubmit(submit)}>
      <Stack gap="sm">
        <CampaignPicker
          label={t('campaign')}
          required
          {...form.getInputProps('campaignId')}
          value={values.campaignId}
        />
        <FileInput
          label={t('import.file')}
          description={t('import.fileHint')}
          placeholder={t('import.choose')}
          accept=".csv,text/csv,text/plain"
          leftSection={<IconFileTypeCsv size={16} />}
          required
          clearable
          {...form.getInputProps('file')}
        />
        <Select
          label={t('import.kind')}
          description={t('import.kindHint')}
          data={(['unique', 'personal', 'shared'] as const).map((value) => ({
            value,
            label: t(`codeKinds.${value}`),
          }))}
          allowDeselect={false}
          {...form.getInputProps('kind')}
        />
        <div>
          <Text fz="xs" c="dimmed" mb={4}>
            {t('import.example')}
          </Text>
          <Code block>
            {'code,kind,holder,max_uses,ends_at\nSUMMER-7K2M,unique,,,\nFOR-LENA,personal,lena,1,'}
          </Code>
        </div>
        {load.error && <ErrorBox error={load.error} />}
        <FormEnd submit={t('import.submit')} isBusy={load.isPending} onCancel={onClose} />
      </Stack>
    </form>
  );
}

function Done({ report: { batch, report }, onShow }: { report: Report; onShow: () => void }) {
  const { t } = useTranslation('codes');
  const bad = batch.badLines ?? 0;
  return (
    <Stack>
      <Alert
        color={bad === 0 ? 'green' : 'yellow'}
        title={t('import.done', { count: batch.size })}
        role="status"
      >
        {t('import.lines', { lines: batch.lines ?? 0, bad })}
      </Alert>
      {report.length > 0 && <BadLines lines={report} />}
      <Group justify="flex-end">
        <Button onClick={onShow}>{t('toBatch')}</Button>
      </Group>
    </Stack>
  );
}
