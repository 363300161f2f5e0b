import { Badge, Group, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useAct } from '../../../api/index.ts';
import { ConfirmButton, Panel, SecretShown, tellDone } from '../../../kit/index.ts';
import { useMay } from '../../../session/index.ts';
import { FormButton } from '../form-button.tsx';
import { ChannelFacts } from './channel-facts.tsx';
import { ChannelForm } from './channel-form.tsx';
import type { Channel, Connection } from './kinds.ts';
import { TestChannel } from './test-channel.tsx';

interface Props {
  readonly channel: Channel;
  readonly connection: Connection | undefined;
}

/** One channel: whether and how it is connected. */
export function ChannelPanel({ channel, connection }: Props) {
  const { t } = useTranslation('integrations');
  const may = useMay('providers:write');
  const [receiptUrl, setReceiptUrl] = useState<string | null>();
  return (
    <Panel
      title={t(`channels.${channel}`)}
      hint={t(`channelHints.${channel}`)}
      actions={
        <Badge variant="light" color={connection ? 'green' : 'gray'} tt="none" fw={500} radius="sm">
          {t(connection ? 'connected' : 'notConnected')}
        </Badge>
      }
    >
      <Stack>
        {connection ? (
          <ChannelFacts of={connection} />
        ) : (
          <Text fz="sm" c="dimmed">
            {t('channelMissing')}
          </Text>
        )}
        {may && (
          <Group gap="xs">
            <FormButton
              label={t(connection ? 'edit' : 'connect')}
              title={t(`channels.${channel}`)}
              variant="default"
            >
              {(close) => (
                <ChannelForm
                  channel={channel}
                  of={connection?.settings}
                  onReceiptUrl={setReceiptUrl}
                  onDone={close}
                />
              )}
            </FormButton>
            {connection && <TestChannel channel={channel} />}
            {connection && channel === 'push' && <RotateKeys />}
            {connection && <Disconnect channel={channel} />}
          </Group>
        )}
      </Stack>
      <SecretShown secret={receiptUrl} hint={t('sms.receiptUrlHint')} onClose={() => setReceiptUrl(null)} />
    </Panel>
  );
}

function RotateKeys() {
  const { t } = useTranslation('integrations');
  const rotate = useAct('rotatePushKeys', () => tellDone(t('push.rotated')));
  return (
    <ConfirmButton
      variant="default"
      label={t('push.rotate')}
      title={t('push.rotateTitle')}
      consequence={t('push.rotateHint')}
      color="iris"
      onConfirm={() => rotate.mutateAsync({})}
    />
  );
}

function Disconnect({ channel }: { channel: Channel }) {
  const { t } = useTranslation('integrations');
  const remove = useAct('deleteChannelConnection', () => tellDone(t('disconnected')));
  return (
    <ConfirmButton
      variant="default"
      c="red"
      label={t('disconnect')}
      title={t('disconnectTitle', { name: t(`channels.${channel}`) })}
      consequence={t('disconnectHint')}
      onConfirm={() => remove.mutateAsync({ params: { channel } })}
    />
  );
}
