import { Drawer, Group, Stack, Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { type Answer, useRead } from '../../../api/index.ts';
import { Copyable, Facts, JsonText, Loaded, Status, When } from '../../../kit/index.ts';
import { useMay } from '../../../session/index.ts';
import { useSay } from '../../../texts/index.ts';
import { placeBefore } from './place-before.ts';
import { HttpStatus, ReplayButton, stateOf } from './replay-button.tsx';

type Delivery = Answer<'getWebhookDelivery'>;

/** One that is sent again is followed. */
const EVERY_MS = 2_000;

interface Props {
  readonly webhookId: string;
  /** Closed without one. */
  readonly eventId: string | undefined;
  readonly onClose: () => void;
}

/** One delivery at the side: what was sent, and what came back. */
export function DeliveryDrawer({ webhookId, eventId, onClose }: Props) {
  const { t } = useTranslation('webhooks');
  return (
    <Drawer opened={eventId !== undefined} onClose={onClose} title={t('delivery.one')} size="xl">
      {eventId !== undefined && <OneDelivery webhookId={webhookId} eventId={eventId} />}
    </Drawer>
  );
}

function OneDelivery(params: { webhookId: string; eventId: string }) {
  const delivery = useRead('getWebhookDelivery', { params }, { every: EVERY_MS });
  return <Loaded of={delivery}>{(found) => <Shown webhookId={params.webhookId} of={found} />}</Loaded>;
}

function Shown({ webhookId, of: delivery }: { webhookId: string; of: Delivery }) {
  const { t } = useTranslation('webhooks');
  const mayRead = useMay('events:read');
  const { eventId, eventType, status } = delivery;
  return (
    <Stack>
      <Group justify="space-between">
        <Group gap="xs">
          <Status of={stateOf(status)} />
          <Text fz="sm" ff="monospace">
            {eventType}
          </Text>
        </Group>
        <ReplayButton webhookId={webhookId} of={delivery} />
      </Group>
      <Text fz="sm" c="dimmed">
        {t(`events.${eventType}`)}
      </Text>
      <Title order={3} fz="sm">
        {t('delivery.response')}
      </Title>
      <Response of={delivery} />
      <Title order={3} fz="sm">
        {t('delivery.request')}
      </Title>
      <Facts of={[[t('delivery.id'), <Copyable key="i" text={eventId} />]]} />
      {mayRead && <Sent of={delivery} />}
    </Stack>
  );
}

function Response({ of: { lastAttempt, attempts, nextAttemptAt } }: { of: Delivery }) {
  const { t } = useTranslation('webhooks');
  const say = useSay();
  return (
    <>
      <Facts
        of={[
          [t('delivery.answer'), <HttpStatus key="s" of={lastAttempt} />],
          [t('delivery.error'), lastAttempt?.error && say(lastAttempt.error)],
          [
            t('delivery.took'),
            lastAttempt?.durationMs == null ? null : t('delivery.ms', { ms: lastAttempt.durationMs }),
          ],
          [t('delivery.attempts'), attempts],
          [t('delivery.last'), <When key="l" at={lastAttempt?.at} style="full" />],
          [t('delivery.next'), <When key="n" at={nextAttemptAt} style="full" />],
        ]}
      />
      {lastAttempt?.response && <JsonText of={lastAttempt.response} label={t('delivery.response')} />}
    </>
  );
}

/** The event as it stands in the feed, which is what was sent. */
function Sent({ of: { eventId, sequence } }: { of: Delivery }) {
  const { t } = useTranslation('webhooks');
  const feed = useRead('listEvents', { query: { cursor: placeBefore(sequence), limit: 1 } });
  return (
    <Loaded of={feed}>
      {({ items: [event] }) =>
        event?.id === eventId ? (
          <JsonText of={event} label={t('delivery.request')} />
        ) : (
          <Text fz="sm" c="dimmed">
            {t('delivery.notKept')}
          </Text>
        )
      }
    </Loaded>
  );
}
