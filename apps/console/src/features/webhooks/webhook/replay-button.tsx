import { Badge, Button, Text } from '@mantine/core';
import { IconRefresh } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { type RowOf, useAct } from '../../../api/index.ts';
import { tellDone, tellFailed } from '../../../kit/index.ts';
import { useMay } from '../../../session/index.ts';
import { useSay } from '../../../texts/index.ts';

type Delivery = RowOf<'listWebhookDeliveries'>;

/** In the words of states: one that failed is tried again by itself, one that was abandoned is not. */
export const stateOf = (status: Delivery['status']): string => (status === 'failed' ? 'retrying' : status);

/** What the endpoint answered last, in short. */
export function HttpStatus({ of: attempt }: { of: Delivery['lastAttempt'] }) {
  const { t } = useTranslation('webhooks');
  const say = useSay();
  if (!attempt) return '—';
  const { status, error } = attempt;
  if (status === null)
    return (
      <Text span inherit lineClamp={1} maw={260}>
        {error ? say(error) : t('delivery.noAnswer')}
      </Text>
    );
  return (
    <Badge variant="light" color={status < 300 ? 'green' : 'red'} radius="sm" tt="none" ff="monospace">
      {status}
    </Badge>
  );
}

/** Sends one delivery again, with the same id: an endpoint that has it knows it. */
export function ReplayButton({ webhookId, of: { eventId, status } }: { webhookId: string; of: Delivery }) {
  const { t } = useTranslation('webhooks');
  const may = useMay('webhooks:write');
  const replay = useAct('replayWebhookDelivery', () => tellDone(t('delivery.replayed')));
  if (!may || status === 'pending') return null;
  return (
    <Button
      size="compact-sm"
      variant="default"
      leftSection={<IconRefresh size={14} />}
      loading={replay.isPending}
      onClick={() => replay.mutate({ params: { webhookId, eventId } }, { onError: tellFailed })}
    >
      {t('delivery.replay')}
    </Button>
  );
}
