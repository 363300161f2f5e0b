import { Button, Group, NumberInput, SegmentedControl, Select, Stack, Text, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { IconPlus } from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useAct } from '../../../api/index.ts';
import { ErrorBox, FormEnd, fieldFaults, InstantInput, Page, Panel, tellDone } from '../../../kit/index.ts';
import { separators } from '../../../texts/index.ts';
import { ArmFields } from './arm-fields.tsx';
import { type Draft, type ExperimentFormOf, inputOf, METRICS, newArm, newDraft } from './draft.ts';

const MOST_ARMS = 10;

/** An experiment to be: all that it is decided by is said before it begins. */
export function NewExperimentPage() {
  const { t } = useTranslation('experiments');
  const navigate = useNavigate();
  const form = useForm<Draft>({
    initialValues: newDraft({ control: t('new.control'), treated: t('new.treated') }),
  });
  const create = useAct('createExperiment', ({ id }) => {
    tellDone(t('new.done'));
    void navigate({ to: '/experiments/$experimentId', params: { experimentId: id } });
  });
  const { values } = form;
  return (
    <Page
      width="reading"
      title={t('new.title')}
      description={t('new.description')}
      crumbs={[{ label: t('rooms.experiments'), link: { to: '/experiments' } }]}
    >
      <form
        onSubmit={form.onSubmit((draft) =>
          create.mutate({ body: inputOf(draft) }, { onError: (fault) => form.setErrors(fieldFaults(fault)) }),
        )}
      >
        <Stack gap="lg">
          <Panel title={t('new.what')}>
            <What form={form} />
          </Panel>
          <Panel title={t('arms')} hint={t('new.armsHint')}>
            <Stack gap="md">
              {values.arms.map((arm, index) => (
                <ArmFields key={arm.id} form={form} index={index} />
              ))}
              {values.arms.length < MOST_ARMS && (
                <Button
                  variant="default"
                  leftSection={<IconPlus size={15} />}
                  style={{ alignSelf: 'flex-start' }}
                  onClick={() => form.setValues({ arms: [...values.arms, newArm(values.arms)] })}
                >
                  {t('new.addArm')}
                </Button>
              )}
            </Stack>
          </Panel>
          {create.error && <ErrorBox error={create.error} />}
          <FormEnd
            submit={t('new.submit')}
            isBusy={create.isPending}
            onCancel={() => void navigate({ to: '/experiments' })}
          />
        </Stack>
      </form>
    </Page>
  );
}

function What({ form }: { form: ExperimentFormOf }) {
  const { t } = useTranslation('experiments');
  const { values } = form;
  return (
    <Stack gap="sm">
      <TextInput label={t('name')} required maxLength={200} data-autofocus {...form.getInputProps('name')} />
      <Group align="flex-start" gap="sm">
        <Select
          label={t('metric')}
          w={240}
          allowDeselect={false}
          data={METRICS.map((value) => ({ value, label: t(`metrics.${value}`) }))}
          {...form.getInputProps('metric')}
        />
        <NumberInput
          label={t('window')}
          w={160}
          min={1}
          max={90}
          allowDecimal={false}
          suffix={` ${t('new.days')}`}
          {...form.getInputProps('windowDays')}
        />
        <NumberInput
          label={t('expected')}
          w={200}
          min={200}
          max={100_000_000}
          allowDecimal={false}
          {...separators()}
          {...form.getInputProps('expectedPlayers')}
        />
      </Group>
      <Text fz="sm" fw={500}>
        {t('method')}
      </Text>
      <SegmentedControl
        aria-label={t('method')}
        style={{ alignSelf: 'flex-start' }}
        data={(['sequential', 'fixed'] as const).map((value) => ({ value, label: t(`methods.${value}`) }))}
        {...form.getInputProps('method')}
      />
      <Text fz="xs" c="dimmed">
        {t(`uplift.means.${values.method}`)}
      </Text>
      <TextInput
        label={t('new.segment')}
        description={t('new.segmentHint')}
        placeholder={t('everyone')}
        {...form.getInputProps('segment')}
      />
      <Group align="flex-start" gap="sm" grow>
        <InstantInput
          label={t('starts')}
          {...form.getInputProps('startsAt')}
          value={values.startsAt}
          onChange={(startsAt) => form.setValues({ startsAt })}
        />
        <InstantInput
          label={t('ends')}
          {...form.getInputProps('endsAt')}
          value={values.endsAt}
          onChange={(endsAt) => form.setValues({ endsAt })}
        />
      </Group>
    </Stack>
  );
}
