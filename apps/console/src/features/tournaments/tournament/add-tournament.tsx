import { Button, Group, Modal, NumberInput, Stack, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useDisclosure } from '@mantine/hooks';
import { useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useAct } from '../../../api/index.ts';
import { ErrorBox, fieldFaults, InstantInput, tellDone } from '../../../kit/index.ts';
import { KeyInput } from '../key-input.tsx';

export function AddTournament() {
  const { t } = useTranslation('tournaments');
  const [opened, { open, close }] = useDisclosure();
  return (
    <>
      <Button onClick={open}>{t('tournament.add')}</Button>
      <Modal opened={opened} onClose={close} title={t('tournament.add')} centered>
        <TournamentForm onCancel={close} />
      </Modal>
    </>
  );
}

interface Values {
  key: string;
  name: string;
  startsAt: string | null;
  endsAt: string | null;
  seats: number | '';
}

function TournamentForm({ onCancel }: { onCancel: () => void }) {
  const { t } = useTranslation('tournaments');
  const navigate = useNavigate();
  const form = useForm<Values>({
    initialValues: { key: '', name: '', startsAt: null, endsAt: null, seats: '' },
    validate: { endsAt: (at) => (at === null ? t('endNeeded') : null) },
  });
  const create = useAct('createTournament', ({ id }) => {
    tellDone(t('tournament.made'));
    void navigate({ to: '/tournaments/$tournamentId', params: { tournamentId: id } });
  });
  const submit = ({ endsAt, seats, ...values }: Values) => {
    if (endsAt === null) return;
    create.mutate(
      { body: { ...values, endsAt, seats: seats === '' ? null : seats } },
      { onError: (error) => form.setErrors(fieldFaults(error)) },
    );
  };
  return (
    <form onSubmit={form.onSubmit(submit)}>
      <Stack gap="sm">
        <TextInput
          label={t('name')}
          required
          data-autofocus
          maxLength={200}
          {...form.getInputProps('name')}
        />
        <KeyInput description={t('tournament.keyHint')} {...form.getInputProps('key')} />
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
          thousandSeparator
          {...form.getInputProps('seats')}
        />
        {create.error && <ErrorBox error={create.error} />}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onCancel}>
            {t('cancel')}
          </Button>
          <Button type="submit" loading={create.isPending}>
            {t('tournament.add')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
