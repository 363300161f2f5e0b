import { Group, Radio, Stack, Text, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useAct } from '../../api/index.ts';
import { daysBefore, today } from '../../kit/days.ts';
import { CampaignPicker, ErrorBox, FormEnd, fieldFaults } from '../../kit/index.ts';
import { useMember } from '../../session/index.ts';

const USUAL_DAYS = 30;

interface Values {
  readonly from: string;
  readonly to: string;
  readonly assume: 'everyone' | 'as_campaign';
  readonly like: string | undefined;
}

/** Which days, and who is taken to try the code. */
export function RunForm({ campaignId, onDone }: { campaignId: string; onDone: () => void }) {
  const { t } = useTranslation('simulations');
  const { brand } = useMember();
  const navigate = useNavigate();
  const last = daysBefore(today(brand.timeZone), 1);
  const form = useForm<Values>({
    initialValues: { from: daysBefore(last, USUAL_DAYS - 1), to: last, assume: 'everyone', like: undefined },
    validate: {
      like: (like, { assume }) => (assume === 'as_campaign' && like === undefined ? t('assume.pick') : null),
    },
  });
  const { values } = form;
  const start = useAct('startSimulation', ({ id }) => {
    onDone();
    void navigate({ to: '/simulations/$simulationId', params: { simulationId: id } });
  });
  const submit = ({ from, to, assume, like }: Values) =>
    start.mutate(
      {
        params: { campaignId },
        body: {
          ...{ from, to },
          assume:
            assume === 'as_campaign' ? { kind: 'as_campaign', campaignId: like ?? '' } : { kind: 'everyone' },
        },
      },
      {
        onError: (error) => {
          const { 'assume.campaignId': like, ...faults } = fieldFaults(error);
          form.setErrors({ ...faults, like });
        },
      },
    );
  return (
    <form onSubmit={form.onSubmit(submit)}>
      <Stack gap="sm">
        <Group grow align="flex-start">
          <TextInput type="date" label={t('from')} required max={last} {...form.getInputProps('from')} />
          <TextInput type="date" label={t('to')} required max={last} {...form.getInputProps('to')} />
        </Group>
        <Text fz="xs" c="dimmed">
          {t('clock', { zone: brand.timeZone })}
        </Text>
        <Radio.Group label={t('assume.label')} {...form.getInputProps('assume')}>
          <Stack gap="xs" mt={6}>
            <Radio value="everyone" label={t('assume.everyone')} description={t('assume.everyoneHint')} />
            <Radio
              value="as_campaign"
              label={t('assume.as_campaign')}
              description={t('assume.as_campaignHint')}
            />
          </Stack>
        </Radio.Group>
        {values.assume === 'as_campaign' && (
          <CampaignPicker
            label={t('campaign')}
            required
            {...form.getInputProps('like')}
            value={values.like}
            onChange={(like) => form.setValues({ like })}
          />
        )}
        {start.error && <ErrorBox error={start.error} />}
        <FormEnd submit={t('start')} isBusy={start.isPending} onCancel={onDone} />
      </Stack>
    </form>
  );
}
