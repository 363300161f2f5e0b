import { Alert, SimpleGrid, Stack } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { getRouteApi } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { type Answer, useRead } from '../../../api/index.ts';
import { Facts, Loaded, Page, Panel, Status, When } from '../../../kit/index.ts';
import { useMay } from '../../../session/index.ts';
import { Actions } from './actions.tsx';
import { Deliveries } from './deliveries.tsx';
import { EventBadges } from './event-badges.tsx';

const route = getRouteApi('/shell/webhooks/$webhookId');

/** One endpoint: how it does, and everything that was sent to it. */
export function WebhookPage() {
  const { webhookId } = route.useParams();
  const webhook = useRead('getWebhook', { params: { webhookId } });
  return <Loaded of={webhook}>{(found) => <Shown webhook={found} />}</Loaded>;
}

function Shown({ webhook }: { webhook: Answer<'getWebhook'> }) {
  const { t } = useTranslation('webhooks');
  const may = useMay('webhooks:write');
  const { webhookId, url, description, enabled, health, failingSince } = webhook;
  return (
    <Page
      title={description || url}
      beside={<Status of={enabled ? health : 'paused'} />}
      crumbs={[{ label: t('rooms.webhooks'), link: { to: '/webhooks' } }]}
      actions={may && <Actions of={webhook} />}
    >
      <Stack>
        {(health !== 'healthy' || webhook.disabledReason === 'gone') && (
          <Alert color={health === 'down' ? 'red' : 'yellow'} icon={<IconAlertTriangle size={18} />}>
            {webhook.disabledReason === 'gone' ? (
              t('gone')
            ) : (
              <>
                {t('noneSucceeded')} <When at={failingSince} style="full" />
              </>
            )}
          </Alert>
        )}
        <SimpleGrid cols={{ base: 1, md: 2 }}>
          <Panel title={t('endpoint')}>
            <Facts
              of={[
                [t('form.url'), url],
                [t('created'), <When key="c" at={webhook.createdAt} style="full" />],
                [t('updated'), <When key="u" at={webhook.updatedAt} style="full" />],
                ...(webhook.previousSecretUntil
                  ? [
                      [
                        t('oldSecretUntil'),
                        <When key="s" at={webhook.previousSecretUntil} style="full" />,
                      ] as const,
                    ]
                  : []),
              ]}
            />
          </Panel>
          <Panel title={t('eventsColumn')}>
            <EventBadges of={webhook.eventTypes} />
          </Panel>
        </SimpleGrid>
        <Deliveries webhookId={webhookId} />
      </Stack>
    </Page>
  );
}
