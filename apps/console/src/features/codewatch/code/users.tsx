import { Group, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { type RowOf, useList } from '../../../api/index.ts';
import {
  ActivationLink,
  BonusLink,
  type Column,
  DataTable,
  Empty,
  Money,
  Nothing,
  Panel,
  PlayerLink,
  Status,
  When,
} from '../../../kit/index.ts';

type User = RowOf<'listCodeUsers'>;

/** Who used the code, and what they hold of it. */
export function Users({ codeId }: { codeId: string }) {
  const { t } = useTranslation('codewatch');
  const list = useList('listCodeUsers', { params: { codeId }, query: {} });
  const columns: Column<User>[] = [
    {
      id: 'when',
      header: t('used'),
      cell: ({ activationId, at }) => (
        <ActivationLink id={activationId}>
          <When at={at} />
        </ActivationLink>
      ),
    },
    { id: 'player', header: t('player'), cell: ({ player }) => <PlayerLink id={player} /> },
    { id: 'outcome', header: t('outcome'), cell: ({ outcome }) => <Status of={outcome} /> },
    {
      id: 'bonuses',
      header: t('holds'),
      cell: ({ bonuses }) =>
        bonuses.length === 0 ? (
          <Nothing />
        ) : (
          <Group gap={10}>
            {bonuses.map(({ grantId, kind, status, balance, currency }) => (
              <Group key={grantId} gap={6} wrap="nowrap">
                <BonusLink id={grantId}>{t(`kinds.${kind}`, { ns: 'common' })}</BonusLink>
                <Status of={status} />
                {balance > 0 && (
                  <Text span fz="sm">
                    <Money amount={balance} currency={currency} />
                  </Text>
                )}
              </Group>
            ))}
          </Group>
        ),
    },
  ];
  return (
    <Panel title={t('usersTitle')} padded={false}>
      <DataTable
        label={t('usersTitle')}
        columns={columns}
        list={list}
        rowKey={({ activationId }) => activationId}
        empty={<Empty title={t('usersNone')} hint={t('usersNoneHint')} />}
      />
    </Panel>
  );
}
