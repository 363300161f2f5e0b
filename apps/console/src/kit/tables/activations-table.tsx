import { Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { List, RowOf } from '../../api/index.ts';
import { CampaignLink } from '../campaigns.tsx';
import { type Column, DataTable } from '../data-table.tsx';
import { PlayerLink } from '../links.tsx';
import { Refusal } from '../refusal.tsx';
import { Nothing, Status, When } from '../values.tsx';

type Activation = RowOf<'listActivations'>;
type Part = 'code' | 'player' | 'campaign';

interface Props {
  readonly label: string;
  readonly list: List<Activation>;
  /** What all rows have in common, and the page says already. */
  readonly without?: readonly Part[];
  readonly empty: ReactNode;
}

/** Attempts to use codes, as lists anywhere show them. */
export function ActivationsTable({ label, list, without = [], empty }: Props) {
  const { t } = useTranslation();
  const columns: Column<Activation>[] = [
    {
      id: 'code',
      header: t('activations.code'),
      cell: ({ code }) => code ?? t('activations.noCode'),
    },
    { id: 'outcome', header: t('activations.outcome'), cell: ({ outcome }) => <Status of={outcome} /> },
    {
      id: 'reason',
      header: t('activations.reason'),
      cell: ({ refusalKey }) => (refusalKey === null ? <Nothing /> : <Refusal of={refusalKey} />),
    },
    { id: 'player', header: t('activations.player'), cell: ({ player }) => <PlayerLink id={player} /> },
    {
      id: 'campaign',
      header: t('activations.campaign'),
      cell: ({ campaignId }) => (campaignId === null ? <Nothing /> : <CampaignLink id={campaignId} />),
    },
    {
      id: 'channel',
      header: t('activations.channel'),
      cell: ({ channel }) => t(`channelsOfEntry.${channel}`, { defaultValue: channel }),
    },
    {
      id: 'when',
      header: t('activations.when'),
      align: 'end',
      cell: ({ createdAt, awaitingUntil, outcome }) => (
        <Stack gap={0} align="flex-end">
          <When at={createdAt} />
          {outcome === 'awaiting_deposit' && (
            <Text fz="xs" c="dimmed">
              {t('activations.until')} <When at={awaitingUntil} />
            </Text>
          )}
        </Stack>
      ),
    },
  ];
  const parts: readonly string[] = without;
  return (
    <DataTable
      label={label}
      columns={columns.filter(({ id }) => !parts.includes(id))}
      list={list}
      rowKey={({ id }) => id}
      rowLink={({ id }) => ({ to: '/activations/$activationId', params: { activationId: id } })}
      empty={empty}
    />
  );
}
