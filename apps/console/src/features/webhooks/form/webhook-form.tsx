import { Button, Group, Stack, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import type { EventType } from '@promosmith/contract';
import { useTranslation } from 'react-i18next';
import { ErrorBox, fieldFaults } from '../../../kit/index.ts';
import { EventPicker } from './event-picker.tsx';

export interface WebhookValues {
  url: string;
  description: string;
  eventTypes: EventType[] | null;
}

interface Props {
  readonly initial: WebhookValues;
  readonly submit: string;
  readonly save: {
    readonly error: Error | null;
    readonly isPending: boolean;
    mutate(values: WebhookValues, tell: { onError(error: Error): void }): void;
  };
  readonly onCancel: () => void;
}

/** Where events go, and which. */
export function WebhookForm({ initial, submit, save, onCancel }: Props) {
  const { t } = useTranslation('webhooks');
  const form = useForm<WebhookValues>({
    initialValues: initial,
    validate: { eventTypes: (types) => (types?.length === 0 ? t('form.noEvents') : null) },
  });
  return (
    <form
      onSubmit={form.onSubmit((values) =>
        save.mutate(values, { onError: (error) => form.setErrors(fieldFaults(error)) }),
      )}
    >
      <Stack>
        <TextInput
          label={t('form.url')}
          description={t('form.urlHint')}
          type="url"
          placeholder="https://casino.example/promosmith"
          required
          data-autofocus
          {...form.getInputProps('url')}
        />
        <TextInput
          label={t('form.description')}
          description={t('form.descriptionHint')}
          maxLength={500}
          {...form.getInputProps('description')}
        />
        <EventPicker
          value={form.values.eventTypes}
          onChange={(types) => form.setFieldValue('eventTypes', types)}
          error={form.errors.eventTypes}
        />
        {save.error && <ErrorBox error={save.error} />}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onCancel}>
            {t('cancel')}
          </Button>
          <Button type="submit" loading={save.isPending}>
            {submit}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
