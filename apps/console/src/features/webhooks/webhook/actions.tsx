import { Button, Modal } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Answer, useAct } from '../../../api/index.ts';
import { ConfirmButton, SecretShown, tellDone, tellFailed } from '../../../kit/index.ts';
import { WebhookForm } from '../form/webhook-form.tsx';
import { ReplayMany } from './replay-many.tsx';

type Webhook = Answer<'getWebhook'>;

/** For a day both secrets sign, so that the endpoint can change at any moment. */
const OVERLAP_SECONDS = 86_400;

/** What may be done with an endpoint. */
export function Actions({ of: webhook }: { of: Webhook }) {
  return (
    <>
      <DeleteButton of={webhook} />
      <RotateButton of={webhook} />
      <PauseButton of={webhook} />
      <ReplayMany webhookId={webhook.webhookId} />
      <EditButton of={webhook} />
    </>
  );
}

function EditButton({ of: { webhookId, url, description, eventTypes } }: { of: Webhook }) {
  const { t } = useTranslation('webhooks');
  const [opened, { open, close }] = useDisclosure();
  const update = useAct('updateWebhook', () => {
    close();
    tellDone(t('saved'));
  });
  const { error, isPending } = update;
  return (
    <>
      <Button onClick={open}>{t('edit')}</Button>
      <Modal opened={opened} onClose={close} title={t('change')} size="lg" centered>
        <WebhookForm
          initial={{ url, description, eventTypes }}
          submit={t('save')}
          save={{
            ...{ error, isPending },
            mutate: (body, tell) => update.mutate({ params: { webhookId }, body }, tell),
          }}
          onCancel={close}
        />
      </Modal>
    </>
  );
}

function PauseButton({ of: { webhookId, enabled } }: { of: Webhook }) {
  const { t } = useTranslation('webhooks');
  const update = useAct('updateWebhook', () => tellDone(t(enabled ? 'paused' : 'resumed')));
  const set = (to: boolean) => update.mutateAsync({ params: { webhookId }, body: { enabled: to } });
  if (!enabled)
    return (
      <Button variant="default" loading={update.isPending} onClick={() => void set(true).catch(tellFailed)}>
        {t('resume')}
      </Button>
    );
  return (
    <ConfirmButton
      variant="default"
      label={t('pause')}
      title={t('pauseTitle')}
      consequence={t('pauseHint')}
      color="iris"
      onConfirm={() => set(false)}
    />
  );
}

function RotateButton({ of: { webhookId } }: { of: Webhook }) {
  const { t } = useTranslation('webhooks');
  const [secret, setSecret] = useState<string>();
  const rotate = useAct('rotateWebhookSecret', (made) => setSecret(made.secret));
  return (
    <>
      <ConfirmButton
        variant="default"
        label={t('rotate')}
        title={t('rotateTitle')}
        consequence={t('rotateHint')}
        color="iris"
        onConfirm={() =>
          rotate.mutateAsync({ params: { webhookId }, body: { overlapSeconds: OVERLAP_SECONDS } })
        }
      />
      <SecretShown secret={secret} hint={t('secretHint')} onClose={() => setSecret(undefined)} />
    </>
  );
}

function DeleteButton({ of: { webhookId, url } }: { of: Webhook }) {
  const { t } = useTranslation('webhooks');
  const navigate = useNavigate();
  const remove = useAct('deleteWebhook', () => {
    tellDone(t('deleted'));
    void navigate({ to: '/webhooks' });
  });
  return (
    <ConfirmButton
      variant="default"
      c="red"
      label={t('delete')}
      title={t('deleteTitle')}
      consequence={t('deleteHint', { url })}
      onConfirm={() => remove.mutateAsync({ params: { webhookId } })}
    />
  );
}
