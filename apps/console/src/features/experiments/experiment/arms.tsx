import { Table } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Answer } from '../../../api/index.ts';
import { Definition } from '../../../kit/charts/index.ts';
import { Count, Money, Nothing, Panel, Percent } from '../../../kit/index.ts';

type Results = Answer<'getExperimentResults'>;

const COUNTS = ['players', 'matured', 'activations', 'depositors', 'active', 'crossed'] as const;
const SUMS = ['deposited', 'ggr', 'cost', 'ngr'] as const;

/** The numbers of each arm side by side, with what each of them is. */
export function Arms({ of: { arms, currency, windowDays } }: { of: Results }) {
  const { t } = useTranslation('experiments');
  return (
    <Panel title={t('arms')} hint={t('armsHint', { count: windowDays })} padded={false}>
      <Table.ScrollContainer minWidth={150 + arms.length * 100}>
        <Table fz="sm" horizontalSpacing="md" verticalSpacing="xs" aria-label={t('arms')}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t('number')}</Table.Th>
              {arms.map(({ key, name }) => (
                <Table.Th key={key} ta="end">
                  {name}
                </Table.Th>
              ))}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            <Table.Tr>
              <Name of="weight" />
              {arms.map(({ key, weightBps }) => (
                <Table.Td key={key} ta="end">
                  <Percent of={weightBps} digits={2} />
                </Table.Td>
              ))}
            </Table.Tr>
            {COUNTS.map((name) => (
              <Table.Tr key={name}>
                <Name of={name} />
                {arms.map((arm) => (
                  <Table.Td key={arm.key} ta="end">
                    <Count of={arm[name]} />
                  </Table.Td>
                ))}
              </Table.Tr>
            ))}
            {SUMS.map((name) => (
              <Table.Tr key={name}>
                <Name of={name} />
                {arms.map((arm) => (
                  <Table.Td key={arm.key} ta="end">
                    <Money amount={arm[name]} currency={currency} />
                  </Table.Td>
                ))}
              </Table.Tr>
            ))}
            <Table.Tr>
              <Name of="ngrPerPlayer" />
              {arms.map(({ key, ngrPerPlayer }) => (
                <Table.Td key={key} ta="end">
                  {ngrPerPlayer === null ? (
                    <Nothing />
                  ) : (
                    <Money amount={Math.round(ngrPerPlayer)} currency={currency} />
                  )}
                </Table.Td>
              ))}
            </Table.Tr>
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
    </Panel>
  );
}

function Name({ of }: { of: string }) {
  const { t } = useTranslation('experiments');
  const name = t(`numbers.${of}.name`);
  return (
    <Table.Th scope="row" fw={400}>
      {name}
      <Definition of={name}>{t(`numbers.${of}.means`)}</Definition>
    </Table.Th>
  );
}
