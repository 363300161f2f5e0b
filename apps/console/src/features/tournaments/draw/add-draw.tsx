import { ActionIcon, Button, Group, Modal, NumberInput, Stack, Text, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useDisclosure } from '@mantine/hooks';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useAct } from '../../../api/index.ts';
import { ErrorBox, FormEnd, fieldFaults, InstantInput, tellDone } from '../../../kit/index.ts';
import { KeyInput } from '../key-input.tsx';

export function AddDraw() {
  const { t } = useTranslation('tournaments');
  const [opened, { open, close }] = useDisclosure();
  return (
    <>
      <Button onClick={open}>{t('draw.add')}</Button>
      <Modal opened={opened} onClose={close} title={t('draw.add')} size="lg" centered>
        <DrawForm onCancel={close} />
      </Modal>
    </>
  );
}

interface Values {
  key: string;
  name: string;
  closesAt: string | null;
  prizes: { name: string; winners: number }[];
}

const MOST_PRIZES = 100;
const MOST_WINNERS = 1_000;

function DrawForm({ onCancel }: { onCancel: () => void }) {
  const { t } = useTranslation('tournaments');
  const navigate = useNavigate();
  const form = useForm<Values>({
    initialValues: { key: '', name: '', closesAt: null, prizes: [{ name: '', winners: 1 }] },
    validate: { closesAt: (at) => (at === null ? t('endNeeded') : null) },
  });
  const create = useAct('createDraw', ({ id }) => {
    tellDone(t('draw.made'));
    void navigate({ to: '/draws/$drawId', params: { drawId: id } });
  });
  const submit = ({ closesAt, ...values }: Values) => {
    if (closesAt === null) return;
    create.mutate(
      { body: { ...values, closesAt } },
      { onError: (error) => form.setErrors(fieldFaults(error)) },
    );
  };
  const { prizes } = form.values;
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
        <KeyInput description={t('draw.keyHint')} {...form.getInputProps('key')} />
        <InstantInput
          label={t('draw.closes')}
          description={t('draw.closesHint')}
          required
          {...form.getInputProps('closesAt')}
          value={form.values.closesAt}
        />
        <Stack gap="xs" role="group" aria-label={t('draw.prizes')}>
          <Text fz="sm" fw={500}>
            {t('draw.prizes')}
          </Text>
          <Text fz="xs" c="dimmed">
            {t('draw.prizesHint')}
          </Text>
          {prizes.map((_, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a prize is what stands at its place
            <Group key={index} gap="xs" wrap="nowrap" align="flex-start">
              <TextInput
                aria-label={t('draw.prize', { place: index + 1 })}
                placeholder={t('draw.prize', { place: index + 1 })}
                required
                maxLength={200}
                flex={1}
                {...form.getInputProps(`prizes.${index}.name`)}
              />
              <NumberInput
                aria-label={t('draw.winnersOf', { place: index + 1 })}
                suffix={` ${t('draw.winnersUnit')}`}
                required
                min={1}
                max={MOST_WINNERS}
                allowDecimal={false}
                w={150}
                {...form.getInputProps(`prizes.${index}.winners`)}
              />
              <ActionIcon
                variant="subtle"
                color="gray"
                size="lg"
                aria-label={t('draw.removePrize', { place: index + 1 })}
                disabled={prizes.length === 1}
                onClick={() => form.removeListItem('prizes', index)}
              >
                <IconTrash size={16} />
              </ActionIcon>
            </Group>
          ))}
          <Button
            variant="default"
            size="compact-sm"
            leftSection={<IconPlus size={14} />}
            disabled={prizes.length >= MOST_PRIZES}
            style={{ alignSelf: 'flex-start' }}
            onClick={() => form.insertListItem('prizes', { name: '', winners: 1 })}
          >
            {t('draw.addPrize')}
          </Button>
        </Stack>
        {create.error && <ErrorBox error={create.error} />}
        <FormEnd submit={t('draw.add')} isBusy={create.isPending} onCancel={onCancel} />
      </Stack>
    </form>
  );
}
