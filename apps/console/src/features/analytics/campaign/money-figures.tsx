import { Group, Table } from '@mantine/core';
import type { DrilledFigure } from '@promosmith/contract';
import { useTranslation } from 'react-i18next';
import { Definition } from '../../../kit/charts/index.ts';
import { Money, Panel, Percent } from '../../../kit/index.ts';
import { Moved } from '../../../kit/report/index.ts';
import { useMember } from '../../../session/index.ts';
import { hasRows, MONEY, MONEY_RATES, type MoneyFigure, type MoneyNumbers } from './figures.ts';
import { RowsLink } from './rows-link.tsx';

interface Props {
  readonly now: readonly MoneyNumbers[];
  readonly before: readonly MoneyNumbers[] | undefined;
}

/** What it cost and what it earned: a column for each currency, the brand's own first. They are never added up. */
export function MoneyFigures({ now, before }: Props) {
  const { t } = useTranslation('analytics');
  const { brand } = useMember();
  if (now.length === 0) return null;
  const isOwn = ({ currency }: MoneyNumbers) => Number(currency === brand.currency);
  const columns = now.toSorted((one, other) => isOwn(other) - isOwn(one));
  const earlier = new Map(before?.map((sums) => [sums.currency, sums]));
  return (
    <Panel title={t('report.money')} padded={false}>
      <Table.ScrollContainer minWidth={150 + columns.length * 150}>
        <Table horizontalSpacing="md" verticalSpacing="xs" fz="sm" aria-label={t('report.money')}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t('report.figure')}</Table.Th>
              {columns.map(({ currency }) => (
                <Table.Th key={currency} ta="end">
                  {currency}
                </Table.Th>
              ))}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {MONEY.map((figure) => (
              <Table.Tr key={figure}>
                <Name of={figure} />
                {columns.map((sums) => (
                  <Table.Td key={sums.currency} ta="end">
                    <Sum figure={figure} of={sums} before={earlier.get(sums.currency)?.[figure]} />
                  </Table.Td>
                ))}
              </Table.Tr>
            ))}
            {MONEY_RATES.map((figure) => (
              <Table.Tr key={figure}>
                <Name of={figure} />
                {columns.map((sums) => (
                  <Table.Td key={sums.currency} ta="end">
                    <Percent of={sums[figure]} />
                  </Table.Td>
                ))}
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
    </Panel>
  );
}

function Name({ of: figure }: { of: MoneyFigure | (typeof MONEY_RATES)[number] }) {
  const { t: told } = useTranslation('figures');
  const name = told(`${figure}.name`);
  return (
    <Table.Th scope="row" fw={figure === 'ngr' ? 650 : 400}>
      <Group gap={2} wrap="nowrap">
        {name}
        <Definition of={name}>{told(`${figure}.definition`)}</Definition>
      </Group>
    </Table.Th>
  );
}

interface SumProps {
  readonly figure: MoneyFigure;
  readonly of: MoneyNumbers;
  readonly before: number | null | undefined;
}

function Sum({ figure, of, before }: SumProps) {
  const amount = of[figure];
  const money = <Money amount={amount} currency={of.currency} />;
  return (
    <Group gap={8} justify="flex-end" wrap="nowrap">
      {amount !== null && before !== null && before !== undefined && (
        <span style={{ fontSize: 'var(--mantine-font-size-xs)' }}>
          <Moved now={amount} before={before} />
        </span>
      )}
      {amount !== null && hasRows(figure) ? (
        <RowsLink figure={figure as DrilledFigure} currency={of.currency}>
          {money}
        </RowsLink>
      ) : (
        money
      )}
    </Group>
  );
}
