import { Button, Drawer, Group, Stack, Text, Textarea } from '@mantine/core';
import { useForm } from '@mantine/form';
import type { TFunction } from 'i18next';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useAct, useRead } from '../../../api/index.ts';
import {
  BonusLink,
  ErrorBox,
  Facts,
  JsonText,
  Loaded,
  Money,
  PlayerLink,
  Status,
  tellDone,
  When,
} from '../../../kit/index.ts';
import { useMay } from '../../../session/index.ts';
import { betOf, type Case } from './about.ts';

/**
 * One case at the side, with what was told and how it had been booked.
 * @param caseId closed without one.
 */
export function CaseDrawer({ caseId, onClose }: { caseId: string | undefined; onClose: () => void }) {
  const { t } = useTranslation('ledger');
  return (
    <Drawer opened={caseId !== undefined} onClose={onClose} title={t('adjustments.kind')} size="lg">
      {caseId !== undefined && <OneCase caseId={caseId} />}
    </Drawer>
  );
}

function OneCase({ caseId }: { caseId: string }) {
  const found = useRead('getAdjustment', { params: { adjustmentId: caseId } });
  return <Loaded of={found}>{(read) => <Shown of={read} />}</Loaded>;
}

function Shown({ of: found }: { of: Case }) {
  const { t } = useTranslation('ledger');
  const may = useMay('ledger:adjust');
  const isOpen = found.closedAt === null;
  return (
    <Stack>
      <Group gap="xs">
        <Status of={isOpen ? 'open' : 'closed'} />
        <Text fz="sm" fw={500}>
          {t(`adjustments.kinds.${found.kind}`)}
        </Text>
      </Group>
      <Text fz="sm" c="dimmed">
        {t(`adjustments.means.${found.kind}`)}
      </Text>
      <Facts
        of={[
          [t('bonuses.player'), <PlayerLink key="p" id={found.player} />],
          [t('statement.bonus'), <BonusLink key="b" id={found.grantId} />],
          ...moneyOf(found, t),
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

/** Of a round how it was paid, for what a bonus had no part in is owed by nobody. */
function moneyOf(found: Case, t: TFunction<'ledger'>): (readonly [string, ReactNode])[] {
  const money = (amount: number) => <Money amount={amount} currency={found.currency} />;
  const bet = betOf(found);
  if (!bet) return [[t('adjustments.about'), money(found.amount)]];
  return [
    [t('adjustments.stake'), money(bet.stake)],
    [t('adjustments.win'), money(bet.win)],
    [t('adjustments.bonusPart'), money(found.amount)],
  ];
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
