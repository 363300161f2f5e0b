import { Button } from '@mantine/core';
import { IconRefresh } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { type Answer, useAct } from '../../../api/index.ts';
import { tellDone, tellFailed } from '../../../kit/index.ts';
import { useMay } from '../../../session/index.ts';

type Delivery = Answer<'getDelivery'>;

/** Whether trying again is of use: it was given up, or waits. */
export const mayRetry = ({ state }: Pick<Delivery, 'state'>): boolean =>
  state === 'failed' || state === 'waiting';

/** Tries a delivery again that was given up, or one that waits at once. It repeats itself nowhere: the outside knows its id. */
export function RetryButton({ of: { deliveryId, state } }: { of: Delivery }) {
  const { t } = useTranslation('bonuses');
  const may = useMay('bonuses:change');
  const retry = useAct('retryDelivery', () => tellDone(t('delivery.retried')));
  if (!may || !mayRetry({ state })) return null;
  return (
    <Button
      size="compact-sm"
      variant="default"
      leftSection={<IconRefresh size={14} />}
      loading={retry.isPending}
      onClick={() => retry.mutate({ params: { deliveryId } }, { onError: tellFailed })}
    >
      {t('delivery.retry')}
    </Button>
  );
}
