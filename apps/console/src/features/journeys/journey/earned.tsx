import { Group, Stack, Table, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { type Answer, useRead } from '../../../api/index.ts';
import { Count, FilterSelect, Loaded, Money, Nothing, Panel, When } from '../../../kit/index.ts';
import { SampleRatio, Verdict } from '../../../kit/uplift/index.ts';
import { oneOf, useFilters } from '../../../routing/index.ts';

const WINDOWS = ['7', '30', '90'] as const;
const USUAL = '30';
const SUMS = ['deposited', 'ggr', 'cost', 'ngr'] as const;

/** What walking the journey earned, against those who were kept out. */
export function Earned({ journeyId }: { journeyId: string }) {
  const { t } = useTranslation('journeys');
  const { filters, setFilters } = useFilters<'days'>('days');
  const windowDays = oneOf(WINDOWS, filters.days) ?? USUAL;
  const uplift = useRead('getJourneyUplift', { params: { journeyId }, query: { windowDays } });
  return (
    <Panel
      title={t('earned.title')}
      hint={t('earned.hint')}
      actions={
        <FilterSelect
          label={t('earned.window')}
          isAlwaysSet
          value={windowDays}
          onChange={(days) => setFilters({ days })}
          options={WINDOWS.map((value) => ({ value, label: t('earned.days', { count: Number(value) }) }))}
        />
      }
    >
      <Loaded of={uplift}>{(data) => <Told of={data} />}</Loaded>
    </Panel>
  );
}

function Told({
  of: { walked, control, uplift, currency, sampleRatio, countedAt },
}: {
  of: Answer<'getJourneyUplift'>;
}) {
  const { t } = useTranslation('journeys');
  const groups = [
    { name: t('earned.walked'), numbers: walked },
    { name: t('earned.control'), numbers: control },
  ];
  return (
    <Stack gap="sm">
      <SampleRatio of={sampleRatio} />
      <Verdict title={t('earned.walked')} told={{ metric: 'ngr', currency }} uplift={uplift} />
      <Table.ScrollContainer minWidth={460}>
        <Table fz="sm" aria-label={t('earned.title')}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t('earned.group')}</Table.Th>
              <Table.Th ta="end">{t('earned.players')}</Table.Th>
              {SUMS.map((name) => (
                <Table.Th key={name} ta="end">
                  {t(`earned.${name}`)}
                </Table.Th>
              ))}
              <Table.Th ta="end">{t('earned.perPlayer')}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {groups.map(({ name, numbers }) => (
              <Table.Tr key={name}>
                <Table.Th scope="row" fw={400}>
                  {name}
                </Table.Th>
                <Table.Td ta="end">
                  <Count of={numbers.matured} />
                </Table.Td>
                {SUMS.map((sum) => (
                  <Table.Td key={sum} ta="end">
                    <Money amount={numbers[sum]} currency={currency} />
                  </Table.Td>
                ))}
                <Table.Td ta="end">
                  {numbers.ngrPerPlayer === null ? (
                    <Nothing />
                  ) : (
                    <Money amount={Math.round(numbers.ngrPerPlayer)} currency={currency} />
                  )}
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
      <Group>
        <Text fz="xs" c="dimmed">
          {t('earned.counted')} <When at={countedAt} />
        </Text>
      </Group>
    </Stack>
  );
}
