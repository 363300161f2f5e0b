import { Alert, Button, Group, Modal, Stack, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useDisclosure } from '@mantine/hooks';
import { IconSend } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useAct } from '../../../api/index.ts';
import { ErrorBox } from '../../../kit/index.ts';
import { useSay } from '../../../texts/index.ts';
import type { Channel } from './kinds.ts';

const COLOURS = { sent: 'green', failed: 'red', later: 'yellow' } as const;

/** Sends a message while one waits, and says what the other side said. */
export function TestChannel({ channel }: { channel: Channel }) {
  const { t } = useTranslation('integrations');
  const [opened, { open, close }] = useDisclosure();
  return (
    <>
      <Button variant="default" leftSection={<IconSend size={15} />} onClick={open}>
        {t('test.label')}
      </Button>
      <Modal
        opened={opened}
        onClose={close}
        title={t('test.title', { channel: t(`channels.${channel}`) })}
        centered
      >
        <TestForm channel={channel} onDone={close} />
      </Modal>
    </>
  );
}

function TestForm({ channel, onDone }: { channel: Channel; onDone: () => void }) {
  const { t } = useTranslation('integrations');
  const say = useSay();
  const form = useForm({ initialValues: { to: '' } });
  const test = useAct('testChannelConnection');
  return (
    <form onSubmit={form.onSubmit((body) => test.mutate({ params: { channel }, body }))}>
      <Stack>
        <TextInput
          label={t(`test.to.${channel}`)}
          type={channel === 'email' ? 'email' : 'text'}
          required
          data-autofocus
          {...form.getInputProps('to')}
        />
        {test.error && <ErrorBox error={test.error} />}
        {test.data && (
          <Alert
            role="status"
            color={COLOURS[test.data.outcome]}
            title={t(`test.outcomes.${test.data.outcome}`)}
            style={{ overflowWrap: 'anywhere' }}
          >
            {test.data.detail !== null && say(test.data.detail)}
          </Alert>
        )}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onDone}>
            {t('close')}
          </Button>
          <Button type="submit" loading={test.isPending}>
            {t('test.send')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
