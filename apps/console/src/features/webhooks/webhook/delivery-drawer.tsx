import { Drawer, Group, Stack, Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { type RowOf, useRead } from '../../../api/index.ts';
import { Copyable, Facts, JsonText, Loaded, Status, When } from '../../../kit/index.ts';
import { useMay } from '../../../session/index.ts';
import { placeBefore } from './place-before.ts';
import { HttpStatus, ReplayButton, stateOf } from './replay-button.tsx';

type Delivery = RowOf<'listWebhookDeliveries'>;

interface Props {
  readonly webhookId: string;
  readonly of: Delivery | undefined;
  readonly onClose: () => void;
}

/** One delivery at the side: what was sent, and what came back. */
export function DeliveryDrawer({ webhookId, of: delivery, onClose }: Props) {
  const { t } = useTranslation('webhooks');
  const mayRead = useMay('events:read');
  return (
    <Drawer opened={delivery !== undefined} onClose={onClose} title={delivery?.eventType} size="xl">
      {delivery && (
        <Stack>
          <Group justify="space-between">
            <Status of={stateOf(delivery.status)} />
            <ReplayButton webhookId={webhookId} of={delivery} />
          </Group>
          <Text fz="sm" c="dimmed">
            {t(`events.${delivery.eventType}`)}
          </Text>
          <Title order={3} fz="sm">
            {t('delivery.response')}
          </Title>
          <Response of={delivery} />
          <Title order={3} fz="sm">
            {t('delivery.request')}
          </Title>
          <Facts of={[[t('delivery.id'), <Copyable key="i" text={delivery.eventId} />]]} />
          {mayRead && <Sent of={delivery} />}
        </Stack>
      )}
    </Drawer>
  );
}

function Response({ of: { lastAttempt, attempts, nextAttemptAt } }: { of: Delivery }) {
  const { t } = useTranslation('webhooks');
  return (
    <>
      <Facts
        of={[
          [t('delivery.answer'), <HttpStatus key="s" of={lastAttempt} />],
          [t('delivery.error'), lastAttempt?.error],
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
