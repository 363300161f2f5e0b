import { Button, Checkbox, Modal, Stack, Text } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useDisclosure } from '@mantine/hooks';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useAct } from '../../../api/index.ts';
import { ErrorBox, FormEnd, InstantInput, tellDone } from '../../../kit/index.ts';

const STATUSES = ['failed', 'abandoned', 'succeeded'] as const;
type Status = (typeof STATUSES)[number];

const DAY_MS = 86_400_000;

/** Sends again what was sent since an instant, such as after an outage of the endpoint. */
export function ReplayMany({ webhookId }: { webhookId: string }) {
  const { t } = useTranslation('webhooks');
  const [opened, { open, close }] = useDisclosure();
  return (
    <>
      <Button variant="default" onClick={open}>
        {t('replayMany.label')}
      </Button>
      <Modal opened={opened} onClose={close} title={t('replayMany.title')} centered>
        <ReplayForm webhookId={webhookId} onDone={close} />
      </Modal>
    </>
  );
}

interface Values {
  since: string | null;
  until: string | null;
  statuses: Status[];
}

function ReplayForm({ webhookId, onDone }: { webhookId: string; onDone: () => void }) {
  const { t } = useTranslation('webhooks');
  const replay = useAct('replayWebhookDeliveries');
  const [isBusy, setBusy] = useState(false);
  const form = useForm<Values>({
    initialValues: {
      since: new Date(Date.now() - DAY_MS).toISOString(),
      until: null,
      statuses: ['failed', 'abandoned'],
    },
    validate: {
      since: (since) => (since === null ? t('replayMany.sinceNeeded') : null),
      statuses: (statuses) => (statuses.length === 0 ? t('replayMany.statusNeeded') : null),
    },
  });
  /** A call takes at most so many; the rest is asked for until there is none. */
  async function replayAll({ since, until, statuses }: Values) {
    if (since === null) return;
    setBusy(true);
    try {
      let requeued = 0;
      let cursor: string | null = null;
      do {
        const range = until === null ? { since } : { since, until };
        const body = { ...range, statuses, ...(cursor === null ? {} : { cursor }) };
        const answer: { requeued: number; nextCursor: string | null } = await replay.mutateAsync({
          params: { webhookId },
          body,
        });
        requeued += answer.requeued;
        cursor = answer.nextCursor;
      } while (cursor !== null);
      tellDone(t('replayMany.done', { count: requeued }));
      onDone();
    } catch {
      // The form shows it: it is the error of the act.
    } finally {
      setBusy(false);
    }
  }
  return (
    <form onSubmit={form.onSubmit((values) => void replayAll(values))}>
      <Stack gap="sm">
        <Text fz="sm" c="dimmed">
          {t('replayMany.hint')}
        </Text>
        <InstantInput
          label={t('replayMany.since')}
          required
          data-autofocus
          {...form.getInputProps('since')}
          value={form.values.since}
        />
        <InstantInput
          label={t('replayMany.until')}
          description={t('replayMany.untilHint')}
          {...form.getInputProps('until')}
          value={form.values.until}
        />
        <Checkbox.Group label={t('replayMany.which')} {...form.getInputProps('statuses')}>
          <Stack gap={6} mt={4}>
            {STATUSES.map((status) => (
              <Checkbox key={status} value={status} label={t(`replayMany.statuses.${status}`)} />
            ))}
          </Stack>
        </Checkbox.Group>
        {replay.error && <ErrorBox error={replay.error} />}
        <FormEnd submit={t('replayMany.submit')} isBusy={isBusy} onCancel={onDone} />
      </Stack>
    </form>
  );
}
