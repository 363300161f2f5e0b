import { Grid, Stack } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { type Answer, type RowOf, useList, useRead } from '../../../../api/index.ts';
import {
  type Column,
  Count,
  DataTable,
  Empty,
  Facts,
  Loaded,
  Panel,
  PlayerLink,
  Refusal,
  TextLink,
  When,
} from '../../../../kit/index.ts';
import { useMember } from '../../../../session/index.ts';
import { FraudCases } from './fraud-cases.tsx';
import { WhoIsBehind } from './who-is-behind.tsx';

type Risk = Answer<'getPlayerRisk'>;

/** What speaks for a second look at a player. */
export function RiskTab({ player }: { player: Answer<'getPlayer'> }) {
  const { externalId, email } = player;
  const { may } = useMember();
  const risk = useRead('getPlayerRisk', { params: { externalId } });
  return (
    <Stack gap="lg">
      {may('risk:read') && <WhoIsBehind player={externalId} />}
      <Loaded of={risk}>
        {(told) => (
          <Grid>
            <Grid.Col span={{ base: 12, md: 7 }}>
              <Refusals of={told} player={externalId} />
            </Grid.Col>
            <Grid.Col span={{ base: 12, md: 5 }}>
              <Stack>
                {may('cases:read') && <FraudCases player={externalId} />}
                <Guessing of={told.guessing} />
                {email !== null && <SameMailbox email={email} player={externalId} />}
                {may('ledger:read') && <OpenCases player={externalId} />}
              </Stack>
            </Grid.Col>
          </Grid>
        )}
      </Loaded>
    </Stack>
  );
}

function Refusals({ of, player }: { of: Risk; player: string }) {
  const { t } = useTranslation('players');
  const columns: Column<Risk['refusals'][number]>[] = [
    { id: 'reason', header: t('reason'), cell: ({ key }) => <Refusal of={key} /> },
    { id: 'attempts', header: t('risk.attempts'), align: 'end', cell: (row) => <Count of={row.attempts} /> },
    { id: 'last', header: t('risk.last'), align: 'end', cell: ({ lastAt }) => <When at={lastAt} /> },
  ];
  const list = {
    ...{ rows: of.refusals, isPending: false, isMore: false, isLoadingMore: false, error: null },
    ...{ loadMore() {}, reload() {} },
  };
  return (
    <Panel title={t('risk.refusals')} hint={t('risk.refusalsHint', { count: of.attempts })} padded={false}>
      <DataTable
        label={t('risk.refusals')}
        columns={columns}
        list={list}
        rowKey={({ key }) => key}
        rowLink={({ key }) => ({ to: '/activations', search: { player, key } })}
        empty={<Empty title={t('risk.noneRefused')} hint={t('risk.noneRefusedHint')} />}
      />
    </Panel>
  );
}

function Guessing({ of: { misses, lockouts, lockedUntil } }: { of: Risk['guessing'] }) {
  const { t } = useTranslation('players');
  return (
    <Panel title={t('risk.guessing')} hint={t('risk.guessingHint')}>
      <Facts
        of={[
          [t('risk.misses'), <Count key="m" of={misses} />],
          [t('risk.lockouts'), <Count key="l" of={lockouts} />],
          [t('risk.lockedUntil'), <When key="u" at={lockedUntil} style="full" />],
        ]}
      />
    </Panel>
  );
}

/** Who wrote the same address, also with dots, tags or capitals. */
function SameMailbox({ email, player }: { email: string; player: string }) {
  const { t } = useTranslation('players');
  const found = useList('listPlayers', { query: { email } });
  const others = found.rows.filter(({ externalId }) => externalId !== player);
  return (
    <Panel title={t('risk.mailbox')} hint={email}>
      {others.length === 0 ? (
        t('risk.mailboxNone')
      ) : (
        <Stack gap={4}>
          {others.map(({ externalId }) => (
            <PlayerLink key={externalId} id={externalId} />
          ))}
        </Stack>
      )}
    </Panel>
  );
}

function OpenCases({ player }: { player: string }) {
  const { t } = useTranslation('players');
  const cases = useList('listAdjustments', { query: { player, state: 'open' } });
  const search = (row: RowOf<'listAdjustments'>) => ({ tab: 'adjustments', player, case: row.id });
  return (
    <Panel title={t('risk.cases')} hint={t('risk.casesHint')}>
      {cases.rows.length === 0 ? (
        t('risk.casesNone')
      ) : (
        <Stack gap={4}>
          {cases.rows.map((row) => (
            <TextLink key={row.id} to={{ to: '/transactions', search: search(row) }}>
              <When at={row.createdAt} style="full" />
            </TextLink>
          ))}
        </Stack>
      )}
    </Panel>
  );
}
