import { Grid, SimpleGrid, Stack, Table, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Definition, Funnel, Parts } from '../../../kit/charts/index.ts';
import { Count, Day, Money, Nothing, Panel, Percent, Refusal } from '../../../kit/index.ts';
import { Bars, DaysChart, Figure } from '../../../kit/report/index.ts';
import { Countries } from './countries.tsx';
import type { Told } from './told.ts';

/** What would have happened: who would have qualified, what it might have cost, and to whom. */
export function Result({ of: result }: { of: Told }) {
  const { t } = useTranslation('simulations');
  const { activePlayers, tries, accepted, qualifiedPlayers, paidByDeposit, held, abuse } = result;
  return (
    <Stack gap="lg">
      <SimpleGrid cols={{ base: 2, md: 4 }} spacing="sm">
        <Figure name={t('activePlayers')} now={activePlayers} />
        <Figure name={t('qualifiedPlayers')} now={qualifiedPlayers} />
        <Figure name={t('held')} now={held} />
        <Figure name={t('lapsed')} now={result.lapsed} />
      </SimpleGrid>
      <Costs of={result.money} />
      <Grid gap="lg">
        <Grid.Col span={{ base: 12, lg: 8 }}>
          <Panel title={t('days')} isTall>
            <DaysChart
              days={result.days.map((day) => ({
                ...{ day: day.day, accepted: day.accepted, refused: day.tries - day.accepted },
              }))}
            />
          </Panel>
        </Grid.Col>
        <Grid.Col span={{ base: 12, lg: 4 }}>
          <Funnel
            title={t('funnel')}
            definition={t('funnelMeans')}
            steps={[
              { key: 'tries', name: t('tries'), count: tries },
              { key: 'accepted', name: t('accepted'), count: accepted },
              ...(paidByDeposit > 0 ? [{ key: 'paid', name: t('paidByDeposit'), count: paidByDeposit }] : []),
            ]}
          />
        </Grid.Col>
      </Grid>
      <Parts
        title={t('abuse.title')}
        definition={t('abuse.means')}
        hint={
          abuse.shareBps === null ? undefined : (
            <>
              <Percent of={abuse.shareBps} /> {t('abuse.hint')}
            </>
          )
        }
        parts={[
          {
            ...{ key: 'allow', name: t('abuse.allow'), tone: 'good' },
            count: abuse.assessed - abuse.flag - abuse.hold - abuse.decline,
          },
          { key: 'flag', name: t('abuse.flag'), count: abuse.flag, tone: 'warn' },
          { key: 'hold', name: t('abuse.hold'), count: abuse.hold, tone: 'hold' },
          { key: 'decline', name: t('abuse.decline'), count: abuse.decline, tone: 'bad' },
        ]}
      />
      <SimpleGrid cols={{ base: 1, lg: 2 }} spacing="lg">
        <Panel title={t('refusals')} hint={t('refusalsHint')}>
          <Bars
            none={t('noRefusals')}
            of={result.refusals.map(({ key, players }) => ({
              ...{ key, name: <Refusal of={key} />, count: players },
            }))}
          />
        </Panel>
        <Countries of={result.countries} />
      </SimpleGrid>
    </Stack>
  );
}

const AMOUNTS = ['granted', 'lowestCost', 'expectedCost', 'highestCost', 'peakLiability'] as const;

function Costs({ of: money }: { of: Told['money'] }) {
  const { t } = useTranslation('simulations');
  return (
    <Panel title={t('costs.title')} hint={t('costs.hint')} padded={false}>
      {money.length === 0 ? (
        <Text p="md" fz="sm" c="dimmed">
          {t('costs.none')}
        </Text>
      ) : (
        <Table.ScrollContainer minWidth={700}>
          <Table fz="sm" horizontalSpacing="md" verticalSpacing="xs" aria-label={t('costs.title')}>
            <Table.Thead>
              <Table.Tr>
                <Table.Th ta="end">{t('costs.grants')}</Table.Th>
                {AMOUNTS.map((name) => (
                  <Table.Th key={name} ta="end">
                    <span style={{ whiteSpace: 'nowrap' }}>
                      {t(`costs.${name}`)}
                      <Definition of={t(`costs.${name}`)}>{t(`costs.means.${name}`)}</Definition>
                    </span>
                  </Table.Th>
                ))}
                <Table.Th ta="end">{t('costs.peakDay')}</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {money.map((sums) => (
                <Table.Tr key={sums.currency}>
                  <Table.Td ta="end">
                    <Count of={sums.grants} />
                  </Table.Td>
                  {AMOUNTS.map((name) => (
                    <Table.Td key={name} ta="end">
                      {sums[name] === null && name !== 'expectedCost' ? (
                        t('costs.unbounded')
                      ) : (
                        <Money amount={sums[name]} currency={sums.currency} />
                      )}
                    </Table.Td>
                  ))}
                  <Table.Td ta="end">
                    {sums.peakDay === null ? <Nothing /> : <Day of={sums.peakDay} />}
                  </Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </Table.ScrollContainer>
      )}
    </Panel>
  );
}
