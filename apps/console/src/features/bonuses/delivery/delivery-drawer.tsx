import { Drawer } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useRead } from '../../../api/index.ts';
import { Loaded } from '../../../kit/index.ts';
import { DeliveryFacts } from './delivery-facts.tsx';

/** While it waits, what becomes of it is looked at. */
const EVERY_MS = 3_000;

/** @param deliveryId closed without one. */
export function DeliveryDrawer({
  deliveryId,
  onClose,
}: {
  deliveryId: string | undefined;
  onClose: () => void;
}) {
  const { t } = useTranslation('bonuses');
  return (
    <Drawer opened={deliveryId !== undefined} onClose={onClose} title={t('delivery.title')} size="lg">
      {deliveryId !== undefined && <OneDelivery deliveryId={deliveryId} />}
    </Drawer>
  );
}

function OneDelivery({ deliveryId }: { deliveryId: string }) {
  const delivery = useRead('getDelivery', { params: { deliveryId } }, { every: EVERY_MS });
  return <Loaded of={delivery}>{(found) => <DeliveryFacts of={found} />}</Loaded>;
}
