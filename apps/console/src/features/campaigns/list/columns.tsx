import { Group, Stack, Text } from '@mantine/core';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { RowOf } from '../../../api/index.ts';
import { type Column, Count, Nothing, Status, When } from '../../../kit/index.ts';
import { useMay } from '../../../session/index.ts';
import { type Budget, BudgetBar } from './budget-bar.tsx';
import type { CampaignNumbers } from './numbers.ts';

type Row = RowOf<'listCampaigns'>;

/** The columns of the list; figures are left out for whoever may not see them. */
export function useColumns(numbers: ReadonlyMap<string, CampaignNumbers>): readonly Column<Row>[] {
  const { t } = useTranslation('campaigns');
  const mayCount = useMay('analytics:read');
  return useMemo(() => {
    const head: Column<Row>[] = [
      {
        id: 'name',
        header: t('list.campaign'),
        cell: ({ name, rewardKinds }) => (
          <Stack gap={0}>
            <Text inherit>{name}</Text>
            <Text fz="xs" c="dimmed" fw={400}>
              {rewardKinds.map((kind) => t(`kinds.${kind}`)).join(' · ')}
            </Text>
          </Stack>
        ),
      },
      {
        id: 'status',
        header: t('list.status'),
        cell: ({ status, pendingVersion }) => (
          <Group gap={6} wrap="nowrap">
            <Status of={status} />
            {pendingVersion !== null && (
              <Text fz="xs" c="dimmed">
                {t('list.editWaits')}
              </Text>
            )}
          </Group>
        ),
      },
    ];
    const figures: Column<Row>[] = [
      {
        id: 'today',
        header: t('list.today'),
        align: 'end',
        cell: ({ id }) => {
          const of = numbers.get(id);
          if (!of) return <Nothing />;
          return (
            <Stack gap={0}>
              <Count of={of.acceptedToday} />
              <Text fz="xs" c="dimmed">
                {t('list.ofTries', { count: of.triesToday })}
              </Text>
            </Stack>
          );
        },
      },
      {
        id: 'accepted',
        header: t('list.accepted'),
        align: 'end',
        cell: ({ id }) => <Count of={numbers.get(id)?.accepted} />,
      },
      {
        id: 'budget',
        header: t('list.budget'),
        cell: ({ id }) => <Fullest of={numbers.get(id)?.budgets ?? []} />,
      },
    ];
    const tail: Column<Row>[] = [
      { id: 'starts', header: t('list.starts'), cell: ({ startsAt }) => <When at={startsAt} /> },
      { id: 'ends', header: t('list.ends'), cell: ({ endsAt }) => <When at={endsAt} /> },
      {
        id: 'version',
        header: t('list.version'),
        align: 'end',
        hidden: true,
        cell: ({ version }) => version,
      },
      {
        id: 'group',
        header: t('list.group'),
        hidden: true,
        cell: ({ exclusiveGroup }) => exclusiveGroup ?? <Nothing />,
      },
      {
        id: 'createdBy',
        header: t('list.createdBy'),
        hidden: true,
        cell: ({ createdBy }) => createdBy.name ?? createdBy.id,
      },
      { id: 'updated', header: t('list.updated'), cell: ({ updatedAt }) => <When at={updatedAt} /> },
    ];
    return [...head, ...(mayCount ? figures : []), ...tail];
  }, [t, numbers, mayCount]);
}

/** The budget nearest to its end, and how many more there are. */
function Fullest({ of }: { of: readonly Budget[] }) {
  const { t } = useTranslation('campaigns');
  const [fullest, ...others] = of.toSorted((one, other) => takenOf(other) - takenOf(one));
  if (!fullest) return <Nothing />;
  return (
    <Group gap={8} wrap="nowrap">
      <BudgetBar budget={fullest} slim />
      {others.length > 0 && (
        <Text fz="xs" c="dimmed" style={{ whiteSpace: 'nowrap' }}>
          {t('list.moreBudgets', { count: others.length })}
        </Text>
      )}
    </Group>
  );
}

const takenOf = ({ used, reserved, maximum }: Budget): number =>
  maximum === 0 ? 1 : (used + reserved) / maximum;
