import { Badge, Button, Group, Modal, Stack, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconWebhook } from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Answer, type RowOf, useAct, useList } from '../../api/index.ts';
import { type Column, DataTable, Empty, Page, SecretShown, Status, tellDone, When } from '../../kit/index.ts';
import { useMay } from '../../session/index.ts';
import { WebhookForm } from './form/webhook-form.tsx';

type Webhook = RowOf<'listWebhooks'>;

/** Where the brand's events are sent as they happen. */
export function WebhooksPage() {
  const { t } = useTranslation('webhooks');
  const may = useMay('webhooks:write');
  const list = useList('listWebhooks', {});
  const columns: Column<Webhook>[] = [
    {
      id: 'url',
      header: t('endpoint'),
      cell: ({ url, description }) => (
        <Stack gap={0} component="span">
          <Text span inherit style={{ overflowWrap: 'anywhere' }}>
            {description || url}
          </Text>
          {description !== '' && (
            <Text span fz="xs" c="dimmed" fw={400} style={{ overflowWrap: 'anywhere' }}>
              {url}
            </Text>
          )}
        </Stack>
      ),
    },
    { id: 'state', header: t('state'), cell: (webhook) => <State of={webhook} /> },
    {
      id: 'events',
      header: t('eventsColumn'),
      cell: ({ eventTypes }) =>
        eventTypes === null ? t('allEvents') : t('someEvents', { count: eventTypes.length }),
    },
    {
      id: 'failing',
      header: t('failingSince'),
      align: 'end',
      cell: ({ failingSince }) => <When at={failingSince} />,
    },
    { id: 'created', header: t('created'), align: 'end', cell: ({ createdAt }) => <When at={createdAt} /> },
  ];
  return (
    <Page title={t('rooms.webhooks')} description={t('description')} actions={may && <AddButton />}>
      <DataTable
        label={t('rooms.webhooks')}
        columns={columns}
        list={list}
        rowKey={({ webhookId }) => webhookId}
        rowLink={({ webhookId }) => ({ to: '/webhooks/$webhookId', params: { webhookId } })}
        empty={
          <Empty icon={IconWebhook} title={t('none')} hint={t('noneHint')} action={may && <AddButton />} />
        }
      />
    </Page>
  );
}

function State({ of: { enabled, health } }: { of: Webhook }) {
  const { t } = useTranslation('webhooks');
  return (
    <Group gap={6}>
      {enabled ? <Status of={health} /> : <Status of="paused" />}
      {!enabled && health !== 'healthy' && (
        <Badge variant="default" tt="none" fw={400}>
          {t(`states.${health}`)}
        </Badge>
      )}
    </Group>
  );
}

function AddButton() {
  const { t } = useTranslation('webhooks');
  const [opened, { open, close }] = useDisclosure();
  const [made, setMade] = useState<Answer<'createWebhook'>>();
  const navigate = useNavigate();
  const create = useAct('createWebhook', (webhook) => {
    close();
    setMade(webhook);
    tellDone(t('made'));
  });
  const { error, isPending } = create;
  return (
    <>
      <Button onClick={open}>{t('add')}</Button>
      <Modal opened={opened} onClose={close} title={t('add')} size="lg" centered>
        <WebhookForm
          initial={{ url: '', description: '', eventTypes: null }}
          submit={t('add')}
          save={{ error, isPending, mutate: (body, tell) => create.mutate({ body }, tell) }}
          onCancel={close}
        />
      </Modal>
      <SecretShown
        secret={made?.secret}
        hint={t('secretHint')}
        onClose={() => {
          if (made) void navigate({ to: '/webhooks/$webhookId', params: { webhookId: made.webhookId } });
          setMade(undefined);
        }}
      />
    </>
  );
}
