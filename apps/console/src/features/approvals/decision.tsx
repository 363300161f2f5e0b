import { Button, Group, Stack, Text, Textarea } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Answer, useAct } from '../../api/index.ts';
import { ErrorBox, tellDone, tellFailed } from '../../kit/index.ts';
import { useMay, useMember } from '../../session/index.ts';
import { useSay } from '../../texts/index.ts';
import type { Request } from './request.ts';

interface Props {
  readonly request: Request;
  readonly onDecided: () => void;
}

/** Approve or reject what somebody else asked for, or withdraw what one asked for oneself. */
export function Decision({ request, onDecided }: Props) {
  const { t } = useTranslation('approvals');
  const { session } = useMember();
  const mayDecide = useMay('approvals:decide');
  if (request.requestedBy.id === session.staffId)
    return <Withdrawal request={request} onDecided={onDecided} />;
  if (!mayDecide)
    return (
      <Text fz="sm" c="dimmed">
        {t('notYours')}
      </Text>
    );
  return <Choice request={request} onDecided={onDecided} />;
}

function Choice({ request: { approvalId }, onDecided }: Props) {
  const { t } = useTranslation('approvals');
  const say = useSay();
  const [note, setNote] = useState('');
  const [isMissing, setMissing] = useState(false);
  const decided = ({ status, failure }: Answer<'approveRequest'>) => {
    onDecided();
    if (status === 'failed') tellFailed(new Error(say(failure?.message ?? '')));
    else tellDone(t(`done.${status}`));
  };
  const approve = useAct('approveRequest', decided);
  const reject = useAct('rejectRequest', decided);
  const params = { approvalId };
  const reason = note.trim();
  const error = approve.error ?? reject.error;
  return (
    <Stack gap="sm">
      <Textarea
        label={t('note')}
        description={t('noteHint')}
        maxLength={500}
        autosize
        minRows={2}
        value={note}
        error={isMissing && reason === '' ? t('noteMissing') : undefined}
        onChange={(event) => setNote(event.currentTarget.value)}
      />
      {error && <ErrorBox error={error} />}
      <Group gap="xs" justify="flex-end">
        <Button
          variant="default"
          loading={reject.isPending}
          onClick={() => {
            setMissing(reason === '');
            if (reason !== '') reject.mutate({ params, body: { reason } });
          }}
        >
          {t('reject')}
        </Button>
        <Button
          loading={approve.isPending}
          onClick={() => approve.mutate({ params, body: reason === '' ? {} : { reason } })}
        >
          {t('approve')}
        </Button>
      </Group>
    </Stack>
  );
}

function Withdrawal({ request: { approvalId }, onDecided }: Props) {
  const { t } = useTranslation('approvals');
  const withdraw = useAct('withdrawRequest', () => {
    onDecided();
    tellDone(t('done.withdrawn'));
  });
  return (
    <Stack gap="sm">
      <Text fz="sm" c="dimmed">
        {t('own')}
      </Text>
      {withdraw.error && <ErrorBox error={withdraw.error} />}
      <Group justify="flex-end">
        <Button
          variant="default"
          loading={withdraw.isPending}
          onClick={() => withdraw.mutate({ params: { approvalId }, body: {} })}
        >
          {t('withdraw')}
        </Button>
      </Group>
    </Stack>
  );
}
