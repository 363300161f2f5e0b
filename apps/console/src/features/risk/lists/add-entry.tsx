import { Button, Modal, SegmentedControl, Select, Stack, Text, Textarea, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useDisclosure } from '@mantine/hooks';
import { IconPlus } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useAct } from '../../../api/index.ts';
import { ErrorBox, FormEnd, fieldFaults, InstantInput, PlayerPicker, tellDone } from '../../../kit/index.ts';
import { oneOf } from '../../../routing/index.ts';
import { KINDS, LISTS } from './kinds.ts';

/** Blocks or allows somebody, or whatever they are known by. */
export function AddEntry() {
  const { t } = useTranslation('risk');
  const [opened, { open, close }] = useDisclosure();
  return (
    <>
      <Button leftSection={<IconPlus size={16} />} onClick={open}>
        {t('lists.add')}
      </Button>
      <Modal opened={opened} onClose={close} title={t('lists.addTitle')}>
        <EntryForm onDone={close} />
      </Modal>
    </>
  );
}

const LONGEST = 500;

interface Values {
  list: (typeof LISTS)[number];
  kind: (typeof KINDS)[number];
  value: string;
  reason: string;
  expiresAt: string | null;
}

function EntryForm({ onDone }: { onDone: () => void }) {
  const { t } = useTranslation('risk');
  const form = useForm<Values>({
    initialValues: { list: 'blocked', kind: 'player', value: '', reason: '', expiresAt: null },
    validate: {
      value: (value) => (value.trim() === '' ? t('lists.valueMissing') : null),
      reason: (value) => (value.trim() === '' ? t('lists.reasonMissing') : null),
    },
  });
  const put = useAct('putOnRiskList', () => {
    tellDone(t('lists.added'));
    onDone();
  });
  const { kind, list } = form.values;
  return (
    <form
      onSubmit={form.onSubmit(({ value, reason, ...values }) =>
        put.mutate(
          { body: { ...values, value: value.trim(), reason: reason.trim() } },
          { onError: (error) => form.setErrors(fieldFaults(error)) },
        ),
      )}
    >
      <Stack>
        <SegmentedControl
          aria-label={t('lists.list')}
          data={LISTS.map((value) => ({ value, label: t(`lists.of.${value}`) }))}
          {...form.getInputProps('list')}
        />
        <Text fz="sm" c="dimmed">
          {t(`lists.means.${list}`)}
        </Text>
        <Select
          label={t('lists.kind')}
          data={KINDS.map((value) => ({ value, label: t(`lists.kinds.${value}`) }))}
          allowDeselect={false}
          value={kind}
          onChange={(value) => {
            const next = oneOf(KINDS, value ?? undefined);
            if (next) form.setValues({ kind: next, value: '' });
          }}
        />
        {kind === 'player' ? (
          <PlayerPicker
            label={t('lists.player')}
            required
            {...form.getInputProps('value')}
            value={form.values.value}
          />
        ) : (
          <TextInput
            label={t(`lists.kinds.${kind}`)}
            description={t(`lists.hints.${kind}`)}
            required
            maxLength={256}
            autoComplete="off"
            {...form.getInputProps('value')}
          />
        )}
        <InstantInput
          label={t('lists.expires')}
          description={t('lists.expiresHint')}
          {...form.getInputProps('expiresAt')}
          value={form.values.expiresAt}
        />
        <Textarea
          label={t('reason')}
          description={t('reasonHint')}
          required
          autosize
          minRows={2}
          maxLength={LONGEST}
          {...form.getInputProps('reason')}
        />
        {put.error && <ErrorBox error={put.error} />}
        <FormEnd submit={t(`lists.submit.${list}`)} isBusy={put.isPending} onCancel={onDone} />
      </Stack>
    </form>
  );
}
