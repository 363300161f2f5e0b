import { Button, Group, Select, Stack, Text, Textarea } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useTranslation } from 'react-i18next';
import { useAct, useRead } from '../../../api/index.ts';
import { ErrorBox, fieldFaults, useCampaignName } from '../../../kit/index.ts';
import { Assigned } from './assigned.tsx';
import type { FormProps } from './form-props.ts';
import { linesOf } from './values.ts';

/** As many batches as there are to choose from. */
const MOST = 200;

/** Draws a code of a batch for each of some players: it is theirs alone from then on. */
export function AssignForm({ campaignId, onClose }: FormProps) {
  const { t } = useTranslation('codes');
  const batches = useRead('listCodeBatches', {
    query: { status: 'ready', limit: MOST, ...(campaignId === undefined ? {} : { campaignId }) },
  });
  const nameOf = useCampaignName(campaignId);
  const options = (batches.data?.items ?? [])
    .filter(({ codeKind }) => codeKind === 'unique')
    .map(({ id, pattern, kind, size }) => ({
      value: id,
      label: t('assign.batchOf', { what: pattern ?? t(`batchKinds.${kind}`), count: size }),
    }));
  return (
    <AssignTo
      onClose={onClose}
      batches={options}
      hint={nameOf === undefined ? t('assign.hint') : t('assign.hintOf', { campaign: nameOf })}
    />
  );
}

interface Props {
  readonly batches: readonly { value: string; label: string }[];
  readonly hint: string;
  readonly onClose: () => void;
}

/** Of one of these batches. */
export function AssignTo({ batches, hint, onClose }: Props) {
  const { t } = useTranslation('codes');
  const only = batches.length === 1 ? batches[0]?.value : undefined;
  const form = useForm<{ batchId: string | null; players: string }>({
    initialValues: { batchId: null, players: '' },
    validate: {
      batchId: (picked) => (picked === null && only === undefined ? t('assign.pickBatch') : null),
      players: (text) => (linesOf(text).length === 0 ? t('assign.needsPlayers') : null),
    },
  });
  const give = useAct('distributeCodes');
  if (give.data) return <Assigned codes={give.data.codes} onClose={onClose} />;
  const players = linesOf(form.values.players);
  const submit = () => {
    const batchId = form.values.batchId ?? only;
    if (batchId === undefined) return;
    give.mutate({ body: { batchId, players } }, { onError: (error) => form.setErrors(fieldFaults(error)) });
  };
  return (
    <form onSubmit={form.onSubmit(submit)}>
      <Stack gap="sm">
        <Text fz="sm" c="dimmed">
          {hint}
        </Text>
        <Select
          label={t('batch')}
          data={[...batches]}
          required
          searchable
          nothingFoundMessage={t('assign.noBatch')}
          {...form.getInputProps('batchId')}
          value={form.values.batchId ?? only ?? null}
        />
        <Textarea
          label={t('assign.players')}
          description={t('assign.playersHint')}
          required
          autosize
          minRows={4}
          maxRows={12}
          {...form.getInputProps('players')}
        />
        {give.error && <ErrorBox error={give.error} />}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            {t('cancel')}
          </Button>
          <Button type="submit" loading={give.isPending}>
            {t('assign.submit', { count: players.length })}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
