import { Fieldset, Group, Select, Stack, Switch, TagsInput, Textarea, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useTranslation } from 'react-i18next';
import { ErrorBox, fieldFaults } from '../../../kit/index.ts';
import { FormEnd } from '../form-button.tsx';
import { GatewayHeaders } from './gateway-headers.tsx';
import { type GatewayValues, gatewayFaults, inputOf, valuesOf } from './gateway-values.ts';
import type { FormProps } from './kinds.ts';

/** Any gateway that takes JSON over HTTP. */
export function SmsGatewayForm({ of: there, save, onCancel }: FormProps<'http'>) {
  const { t } = useTranslation('integrations');
  const form = useForm<GatewayValues>({ initialValues: valuesOf(there) });
  return (
    <form
      onSubmit={form.onSubmit((values) =>
        save.mutate(inputOf(values), {
          onError: (error) => form.setErrors(gatewayFaults(fieldFaults(error))),
        }),
      )}
    >
      <Stack gap="sm">
        <Group gap="sm" align="flex-start" grow preventGrowOverflow={false}>
          <Select
            label={t('sms.method')}
            data={['POST', 'PUT']}
            allowDeselect={false}
            maw={110}
            {...form.getInputProps('method')}
          />
          <TextInput label={t('url')} type="url" required {...form.getInputProps('url')} />
        </Group>
        <Textarea
          label={t('sms.body')}
          description={t('sms.bodyHint')}
          required
          autosize
          minRows={2}
          spellCheck={false}
          styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)' } }}
          {...form.getInputProps('body')}
        />
        <GatewayHeaders
          value={form.values.headers}
          there={there?.headerNames ?? []}
          errors={form.errors}
          onChange={(headers) => form.setFieldValue('headers', headers)}
        />
        <Fieldset legend={t('sms.success')}>
          <Stack gap="sm">
            <TagsInput label={t('sms.statuses')} required {...form.getInputProps('statuses')} />
            <Group gap="sm" align="flex-start" grow>
              <TextInput label={t('sms.field')} placeholder="status" {...form.getInputProps('field')} />
              <TextInput label={t('sms.equals')} placeholder="ok" {...form.getInputProps('equals')} />
              <TextInput label={t('sms.reference')} placeholder="id" {...form.getInputProps('reference')} />
            </Group>
          </Stack>
        </Fieldset>
        <Switch
          label={t('sms.tells')}
          description={t('sms.tellsHint')}
          {...form.getInputProps('tellsReceipts', { type: 'checkbox' })}
        />
        {form.values.tellsReceipts && (
          <Fieldset legend={t('sms.receipts')}>
            <Stack gap="sm">
              <Group gap="sm" align="flex-start" grow>
                <TextInput label={t('sms.items')} {...form.getInputProps('receipts.items')} />
                <TextInput
                  label={t('sms.reference')}
                  required
                  {...form.getInputProps('receipts.reference')}
                />
                <TextInput label={t('sms.status')} required {...form.getInputProps('receipts.status')} />
              </Group>
              <TagsInput label={t('sms.delivered')} required {...form.getInputProps('receipts.delivered')} />
              <TagsInput label={t('sms.failed')} required {...form.getInputProps('receipts.failed')} />
              <TextInput label={t('sms.reason')} {...form.getInputProps('receipts.reason')} />
            </Stack>
          </Fieldset>
        )}
        {save.error && <ErrorBox error={save.error} />}
        <FormEnd isBusy={save.isPending} onCancel={onCancel} />
      </Stack>
    </form>
  );
}
