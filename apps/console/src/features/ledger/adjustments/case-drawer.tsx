import { Button, Drawer, Stack, Text, Textarea } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useTranslation } from 'react-i18next';
import { type RowOf, useAct } from '../../../api/index.ts';
import {
  BonusLink,
  ErrorBox,
  Facts,
  JsonText,
  Money,
  PlayerLink,
  Status,
  tellDone,
  When,
} from '../../../kit/index.ts';
import { useMay } from '../../../session/index.ts';

type Case = RowOf<'listAdjustments'>;

/** One case at the side, with what was told and how it had been booked. */
export function CaseDrawer({ of: found, onClose }: { of: Case | undefined; onClose: () => void }) {
  const { t } = useTranslation('ledger');
  return (
    <Drawer
      opened={found !== undefined}
      onClose={onClose}
      title={found && t(`adjustments.kinds.${found.kind}`)}
      size="lg"
    >
      {found && <OneCase of={found} />}
    </Drawer>
  );
}

function OneCase({ of: found }: { of: Case }) {
  const { t } = useTranslation('ledger');
  const may = useMay('ledger:adjust');
  const isOpen = found.closedAt === null;
  return (
    <Stack>
      <Status of={isOpen ? 'open' : 'closed'} />
      <Text fz="sm" c="dimmed">
        {t(`adjustments.means.${found.kind}`)}
      </Text>
      <Facts
        of={[
          [t('bonuses.player'), <PlayerLink key="p" id={found.player} />],
          [t('statement.bonus'), <BonusLink key="b" id={found.grantId} />],
          [t('adjustments.about'), <Money key="m" amount={found.amount} currency={found.currency} />],
          [t('adjustments.since'), <When key="s" at={found.createdAt} style="full" />],
          ...(isOpen
            ? []
            : [
                [t('adjustments.closed'), <When key="c" at={found.closedAt} style="full" />] as const,
                [t('adjustments.closedBy'), found.closedBy?.name ?? found.closedBy?.id] as const,
                [t('adjustments.note'), found.note] as const,
              ]),
        ]}
      />
      <div>
        <Text fz="xs" c="dimmed" mb={4}>
          {t('adjustments.detail')}
        </Text>
        <JsonText of={found.detail} label={t('adjustments.detail')} />
      </div>
      {isOpen && may && <CloseForm id={found.id} />}
    </Stack>
  );
}

function CloseForm({ id }: { id: string }) {
  const { t } = useTranslation('ledger');
  const form = useForm({ initialValues: { note: '' } });
  const close = useAct('closeAdjustment', () => tellDone(t('adjustments.done')));
  return (
    <form onSubmit={form.onSubmit((body) => close.mutate({ params: { adjustmentId: id }, body }))}>
      <Stack gap="sm">
        <Textarea
          label={t('adjustments.note')}
          description={t('adjustments.noteHint')}
          required
          maxLength={2_000}
          autosize
          minRows={3}
          {...form.getInputProps('note')}
        />
        {close.error && <ErrorBox error={close.error} />}
        <Button type="submit" loading={close.isPending}>
          {t('adjustments.close')}
        </Button>
      </Stack>
    </form>
  );
}
