import { SimpleGrid } from '@mantine/core';
import { IconTruckDelivery } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useRead } from '../../../api/index.ts';
import { Empty, Loaded, Panel } from '../../../kit/index.ts';
import { DeliveryFacts } from '../delivery/delivery-facts.tsx';

const EVERY_MS = 3_000;

/** How it got, or gets, to whoever keeps it. */
export function Deliveries({ grantId }: { grantId: string }) {
  const { t } = useTranslation('bonuses');
  const deliveries = useRead('listDeliveries', { query: { grantId } }, { every: EVERY_MS });
  return (
    <Loaded of={deliveries}>
      {({ items }) =>
        items.length === 0 ? (
          <Panel>
            <Empty
              icon={IconTruckDelivery}
              title={t('delivery.notNeeded')}
              hint={t('delivery.notNeededHint')}
            />
          </Panel>
        ) : (
          <SimpleGrid cols={{ base: 1, lg: 2 }}>
            {items.map((delivery) => (
              <Panel
                key={delivery.deliveryId}
                title={t(`delivery.operations.${delivery.operation}`, { kind: t(`kinds.${delivery.kind}`) })}
              >
                <DeliveryFacts of={delivery} />
              </Panel>
            ))}
          </SimpleGrid>
        )
      }
    </Loaded>
  );
}
