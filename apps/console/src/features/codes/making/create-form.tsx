import { Alert, Button, Group, NumberInput, SegmentedControl, Stack, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useTranslation } from 'react-i18next';
import { type Answer, type Call, useAct } from '../../../api/index.ts';
import {
  CampaignPicker,
  Copyable,
  ErrorBox,
  FormEnd,
  fieldFaults,
  InstantInput,
  TextLink,
} from '../../../kit/index.ts';
import type { FormProps } from './form-props.ts';

interface Values {
  campaignId: string | undefined;
  kind: 'shared' | 'unique' | 'personal';
  code: string;
  holder: string;
  maxUses: number | '';
  startsAt: string | null;
  endsAt: string | null;
}

type Body = Call<'createCode'>['body'];

function bodyOf({ kind, code, holder, maxUses, startsAt, endsAt }: Values): Body {
  const text = code.trim();
  const lifetime = { startsAt, endsAt };
  const own = text === '' ? {} : { code: text };
  switch (kind) {
    case 'shared':
      return { kind, code: text, maxUses: maxUses === '' ? null : maxUses, ...lifetime };
    case 'unique':
      return { kind, ...own, ...lifetime };
    case 'personal':
      return { kind, holder: holder.trim(), ...own, ...(maxUses === '' ? {} : { maxUses }), ...lifetime };
  }
}

/** Makes one code; a secret one is shown in full this once. */
export function CreateForm({ campaignId, onClose }: FormProps) {
  const { t } = useTranslation('codes');
  const form = useForm<Values>({
    initialValues: {
      ...{ campaignId, kind: 'shared', code: '', holder: '', maxUses: '', startsAt: null, endsAt: null },
    },
    validate: { campaignId: (picked) => (picked === undefined ? t('pickCampaign') : null) },
  });
  const { values } = form;
  const create = useAct('createCode');
  if (create.data) return <Created code={create.data} onClose={onClose} onMore={create.reset} />;
  const submit = () => {
    if (values.campaignId === undefined) return;
    create.mutate(
      { params: { campaignId: values.campaignId }, body: bodyOf(values) },
      { onError: (error) => form.setErrors(fieldFaults(error)) },
    );
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
        <SegmentedControl
          aria-label={t('kind')}
          data={(['shared', 'unique', 'personal'] as const).map((value) => ({
            value,
            label: t(`codeKinds.${value}`),
          }))}
          {...form.getInputProps('kind')}
        />
        <TextInput
          label={t('code')}
          description={t(values.kind === 'shared' ? 'create.textHint' : 'create.textMade')}
          required={values.kind === 'shared'}
          maxLength={200}
          autoComplete="off"
          spellCheck={false}
          {...form.getInputProps('code')}
        />
        {values.kind === 'personal' && (
          <TextInput
            label={t('holder')}
            description={t('create.holderHint')}
            required
            {...form.getInputProps('holder')}
          />
        )}
        {values.kind !== 'unique' && (
          <NumberInput
            label={t('maxUses')}
            description={t(values.kind === 'shared' ? 'create.maxUsesHint' : 'create.once')}
            min={1}
            allowDecimal={false}
            {...form.getInputProps('maxUses')}
          />
        )}
        <Group grow align="flex-start">
          <InstantInput label={t('startsAt')} {...form.getInputProps('startsAt')} value={values.startsAt} />
          <InstantInput label={t('endsAt')} {...form.getInputProps('endsAt')} value={values.endsAt} />
        </Group>
        {create.error && <ErrorBox error={create.error} />}
        <FormEnd submit={t('create.submit')} isBusy={create.isPending} onCancel={onClose} />
      </Stack>
    </form>
  );
}

interface CreatedProps {
  readonly code: Answer<'createCode'>;
  readonly onClose: () => void;
  readonly onMore: () => void;
}

function Created({ code: { id, text, code, kind }, onClose, onMore }: CreatedProps) {
  const { t } = useTranslation('codes');
  return (
    <Stack>
      <Alert color="green" title={t('create.done')} role="status">
        <Stack gap="xs" align="flex-start">
          <Copyable text={text ?? code} />
          {kind !== 'shared' && t('create.shownOnce')}
          <TextLink to={{ to: '/codes/$codeId', params: { codeId: id } }}>{t('create.toPage')}</TextLink>
        </Stack>
      </Alert>
      <Group justify="flex-end" gap="xs">
        <Button variant="default" onClick={onMore}>
          {t('create.more')}
        </Button>
        <Button onClick={onClose}>{t('close')}</Button>
      </Group>
    </Stack>
  );
}
