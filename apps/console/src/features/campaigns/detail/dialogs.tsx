import { Button, Group, Modal, Stack, Text, Textarea } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useAct } from '../../../api/index.ts';
import { ErrorBox, InstantInput, tellDone } from '../../../kit/index.ts';
import type { Campaign } from '../campaign.ts';

interface Props {
  readonly campaign: Campaign;
  readonly opened: boolean;
  readonly onClose: () => void;
}

interface DialogProps {
  readonly opened: boolean;
  readonly onClose: () => void;
  readonly title: string;
  readonly consequence: string;
  readonly submit: string;
  readonly color?: string;
  readonly act: { readonly error: Error | null; readonly isPending: boolean };
  readonly onSubmit: () => void;
  readonly children?: ReactNode;
}

/** Says what will happen, asks what is needed for it, and shows why it did not. */
function Dialog({
  opened,
  onClose,
  title,
  consequence,
  submit,
  color,
  act,
  onSubmit,
  children,
}: DialogProps) {
  const { t } = useTranslation('campaigns');
  return (
    <Modal opened={opened} onClose={onClose} title={title} centered>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          onSubmit();
        }}
      >
        <Stack>
          <Text fz="sm">{consequence}</Text>
          {children}
          {act.error && <ErrorBox error={act.error} />}
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={onClose}>
              {t('back')}
            </Button>
            <Button type="submit" loading={act.isPending} {...(color === undefined ? {} : { color })}>
              {submit}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}

function Reason({
  value,
  onChange,
  required,
}: {
  value: string;
  onChange: (text: string) => void;
  required: boolean;
}) {
  const { t } = useTranslation('campaigns');
  return (
    <Textarea
      label={t('reason')}
      description={t('reasonHint')}
      required={required}
      maxLength={1000}
      autosize
      minRows={2}
      data-autofocus
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}

export function PauseDialog({ campaign: { id, revision }, opened, onClose }: Props) {
  const { t } = useTranslation('campaigns');
  const [reason, setReason] = useState('');
  const pause = useAct('pauseCampaign', () => {
    setReason('');
    tellDone(t('moves.done.paused'));
    onClose();
  });
  return (
    <Dialog
      {...{ opened, onClose }}
      title={t('pause.title')}
      consequence={t('pause.consequence')}
      submit={t('moves.pause')}
      act={pause}
      onSubmit={() => pause.mutate({ params: { campaignId: id }, body: { reason, revision } })}
    >
      <Reason value={reason} onChange={setReason} required />
    </Dialog>
  );
}

export function EndDialog({ campaign: { id, revision }, opened, onClose }: Props) {
  const { t } = useTranslation('campaigns');
  const [reason, setReason] = useState('');
  const end = useAct('endCampaign', () => {
    setReason('');
    tellDone(t('moves.done.ended'));
    onClose();
  });
  const body = { revision, ...(reason.trim() === '' ? {} : { reason }) };
  return (
    <Dialog
      {...{ opened, onClose }}
      title={t('end.title')}
      consequence={t('end.consequence')}
      submit={t('moves.end')}
      color="red"
      act={end}
      onSubmit={() => end.mutate({ params: { campaignId: id }, body })}
    >
      <Reason value={reason} onChange={setReason} required={false} />
    </Dialog>
  );
}

export function ExtendDialog({ campaign: { id, revision }, opened, onClose }: Props) {
  const { t } = useTranslation('campaigns');
  const [endsAt, setEndsAt] = useState<string | null>(null);
  const extend = useAct('extendCampaign', () => {
    tellDone(t('extend.done'));
    onClose();
  });
  return (
    <Dialog
      {...{ opened, onClose }}
      title={t('extend.title')}
      consequence={t('extend.consequence')}
      submit={t('moves.extend')}
      act={extend}
      onSubmit={() =>
        endsAt !== null && extend.mutate({ params: { campaignId: id }, body: { endsAt, revision } })
      }
    >
      <InstantInput label={t('extend.endsAt')} required data-autofocus value={endsAt} onChange={setEndsAt} />
    </Dialog>
  );
}

export function DeleteDialog({ campaign: { id }, opened, onClose }: Props) {
  const { t } = useTranslation('campaigns');
  const navigate = useNavigate();
  const remove = useAct('deleteCampaign', () => {
    tellDone(t('delete.done'));
    void navigate({ to: '/campaigns' });
  });
  return (
    <Dialog
      {...{ opened, onClose }}
      title={t('delete.title')}
      consequence={t('delete.consequence')}
      submit={t('moves.delete')}
      color="red"
      act={remove}
      onSubmit={() => remove.mutate({ params: { campaignId: id } })}
    />
  );
}
