import { Button, Group, NumberInput, Stack, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useTranslation } from 'react-i18next';
import { ErrorBox, fieldFaults, InstantInput } from '../../../kit/index.ts';
import { separators } from '../../../texts/index.ts';
import { KeyInput } from '../key-input.tsx';

export interface TournamentValues {
  readonly key: string;
  readonly name: string;
  readonly startsAt: string | null;
  readonly endsAt: string;
  /** Null for as many as there are tickets. */
  readonly seats: number | null;
}

interface Props {
  /** A new one has none. */
  readonly initial?: TournamentValues;
  readonly submit: string;
  readonly save: {
    readonly error: Error | null;
    readonly isPending: boolean;
    mutate(values: TournamentValues, tell: { onError(error: Error): void }): void;
  };
  readonly onCancel: () => void;
}

interface Typed {
  key: string;
  name: string;
  startsAt: string | null;
  endsAt: string | null;
  seats: number | '';
}

/** What a tournament is. Its key is for good: rewards and tickets name it. */
export function TournamentForm({ initial, submit, save, onCancel }: Props) {
  const { t } = useTranslation('tournaments');
  const form = useForm<Typed>({
    initialValues: {
      key: initial?.key ?? '',
      name: initial?.name ?? '',
      startsAt: initial?.startsAt ?? null,
      endsAt: initial?.endsAt ?? null,
      seats: initial?.seats ?? '',
    },
    validate: { endsAt: (at) => (at === null ? t('endNeeded') : null) },
  });
  const send = ({ endsAt, seats, ...values }: Typed) => {
    if (endsAt === null) return;
    save.mutate(
      { ...values, endsAt, seats: seats === '' ? null : seats },
      { onError: (error) => form.setErrors(fieldFaults(error)) },
    );
  };
  return (
    <form onSubmit={form.onSubmit(send)}>
      <Stack gap="sm">
        <TextInput
          label={t('name')}
          required
          data-autofocus
          maxLength={200}
          {...form.getInputProps('name')}
        />
        {initial === undefined && (
          <KeyInput description={t('tournament.keyHint')} {...form.getInputProps('key')} />
        )}
        <InstantInput
          label={t('starts')}
          description={t('tournament.startsHint')}
          {...form.getInputProps('startsAt')}
          value={form.values.startsAt}
        />
        <InstantInput
          label={t('ends')}
          required
          {...form.getInputProps('endsAt')}
          value={form.values.endsAt}
        />
        <NumberInput
          label={t('seats')}
          description={t('tournament.seatsHint')}
          min={1}
          max={1_000_000_000}
          allowDecimal={false}
          {...separators()}
          {...form.getInputProps('seats')}
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
