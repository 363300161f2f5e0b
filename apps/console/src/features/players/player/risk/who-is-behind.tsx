import { Alert, Grid, Group, Stack, Text } from '@mantine/core';
import { lazy, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { type Answer, useAct, useRead } from '../../../../api/index.ts';
import {
  type Column,
  ConfirmButton,
  Count,
  DataTable,
  Empty,
  Loaded,
  listOf,
  Panel,
  PlayerLink,
  Skeletons,
  tellDone,
  When,
} from '../../../../kit/index.ts';
import { BandBadge, Findings, ScoreBar } from '../../../../kit/risk/index.ts';
import { useMay } from '../../../../session/index.ts';

type Profile = Answer<'getPlayerRiskProfile'>;

/** A picture of the links is drawn by code that no other tab needs. */
const PlayerLinks = lazy(async () => {
  const { PlayerLinks: drawn } = await import('../../../../kit/link-graph/index.ts');
  return { default: drawn };
});

/** Who is behind an account: what was found in its past, what it is known by, and who shares that. */
export function WhoIsBehind({ player }: { player: string }) {
  const { t } = useTranslation('players');
  const profile = useRead('getPlayerRiskProfile', { params: { externalId: player } });
  return (
    <Loaded of={profile}>
      {(told) => (
        <Stack gap="lg">
          <Grid gap="lg">
            <Grid.Col span={{ base: 12, lg: 7 }}>
              <Found of={told} />
            </Grid.Col>
            <Grid.Col span={{ base: 12, lg: 5 }}>
              <Linked of={told} />
            </Grid.Col>
          </Grid>
          <Identifiers of={told} player={player} />
          {told.identifiers.some(({ players }) => players > 1) && (
            <Panel title={t('risk.graph')}>
              <Suspense fallback={<Skeletons />}>
                <PlayerLinks player={player} />
              </Suspense>
            </Panel>
          )}
        </Stack>
      )}
    </Loaded>
  );
}

function Found({ of }: { of: Profile }) {
  const { t } = useTranslation('players');
  const { score, band, bands, findings, listed, policy, assessedAt, isDue } = of;
  const inForce = useRead('getRiskPolicy', {}).data?.version;
  return (
    <Panel
      title={t('risk.found')}
      hint={
        assessedAt === null ? (
          t('risk.notYet')
        ) : (
          <>
            {t('risk.assessed', { version: policy })} <When at={assessedAt} />
          </>
        )
      }
    >
      <Stack>
        {isDue && <Alert color="blue">{t('risk.due')}</Alert>}
        {policy !== null && inForce !== undefined && policy !== inForce && (
          <Alert color="blue">{t('risk.otherWeights', { policy, inForce })}</Alert>
        )}
        {listed && <Alert color="yellow">{t(`risk.listed.${listed}`)}</Alert>}
        <ScoreBar {...{ score, band, bands }} parts={findings} />
        <Findings of={findings} />
      </Stack>
    </Panel>
  );
}

/** Homes and networks have many people in them: whoever shares no more than that comes last. */
const WEAK: readonly string[] = ['address', 'household'];
const isWeak = ({ kinds }: Profile['linked'][number]): boolean => kinds.every((kind) => WEAK.includes(kind));
const SHOWN = 10;

function Linked({ of: { linked, cluster } }: { of: Profile }) {
  const { t } = useTranslation('players');
  const shown = linked.toSorted((one, other) => Number(isWeak(one)) - Number(isWeak(other))).slice(0, SHOWN);
  return (
    <Panel
      title={t('risk.linked')}
      hint={cluster ? t('risk.cluster', { count: cluster.players }) : t('risk.noCluster')}
    >
      {linked.length === 0 ? (
        <Text fz="sm" c="dimmed">
          {t('risk.linkedNone')}
        </Text>
      ) : (
        <Stack gap="xs">
          {shown.map(({ player, kinds, score, band }) => (
            <Group key={player} justify="space-between" gap="xs" wrap="nowrap">
              <Text fz="sm" component="div">
                <PlayerLink id={player} />{' '}
                <Text span fz="xs" c="dimmed">
                  {kinds.map((kind) => t(`identifiers.${kind}`, { ns: 'fraud' })).join(', ')}
                </Text>
              </Text>
              <BandBadge band={band} score={score} />
            </Group>
          ))}
          {linked.length > SHOWN && (
            <Text fz="sm" c="dimmed">
              {t('risk.linkedMore', { count: linked.length - SHOWN })}
            </Text>
          )}
        </Stack>
      )}
    </Panel>
  );
}

type Identifier = Profile['identifiers'][number];

function Identifiers({ of: { identifiers }, player }: { of: Profile; player: string }) {
  const { t } = useTranslation(['players', 'fraud']);
  const mayWrite = useMay('risk:write');
  const columns: Column<Identifier>[] = [
    { id: 'hint', header: t('risk.identifier'), cell: ({ hint }) => hint },
    {
      id: 'kind',
      header: t('risk.kind'),
      cell: ({ kind }) => t(`identifiers.${kind}`, { ns: 'fraud' }),
    },
    { id: 'players', header: t('risk.players'), align: 'end', cell: ({ players }) => <Count of={players} /> },
    {
      id: 'first',
      header: t('risk.firstSeen'),
      align: 'end',
      cell: ({ firstSeenAt }) => <When at={firstSeenAt} />,
    },
    {
      id: 'last',
      header: t('risk.lastSeen'),
      align: 'end',
      cell: ({ lastSeenAt }) => <When at={lastSeenAt} />,
    },
    ...(mayWrite
      ? [
          {
            id: 'unlink',
            header: '',
            align: 'end' as const,
            cell: (row: Identifier) => <Unlink of={row} player={player} />,
          },
        ]
      : []),
  ];
  return (
    <Panel title={t('risk.identifiers')} hint={t('risk.identifiersHint')} padded={false}>
      <DataTable
        label={t('risk.identifiers')}
        columns={columns}
        list={listOf({ data: { items: identifiers }, error: null, isPending: false, refetch() {} })}
        rowKey={({ id }) => id}
        empty={<Empty title={t('risk.identifiersNone')} hint={t('risk.identifiersNoneHint')} />}
      />
    </Panel>
  );
}

function Unlink({ of: { id, hint }, player }: { of: Identifier; player: string }) {
  const { t } = useTranslation('players');
  const unlink = useAct('unlinkPlayer', () => tellDone(t('risk.unlink.done')));
  return (
    <ConfirmButton
      variant="subtle"
      color="red"
      size="compact-sm"
      label={t('risk.unlink.open')}
      title={t('risk.unlink.ask', { hint })}
      consequence={t('risk.unlink.consequence')}
      reason="required"
      onConfirm={(reason) =>
        unlink.mutateAsync({ params: { externalId: player }, body: { identifierId: id, reason } })
      }
    />
  );
}
