import { Table } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useMember } from '../../session/index.ts';
import { Panel } from '../panel.tsx';
import { Money } from '../values.tsx';
import { Moved } from './moved.tsx';

interface Sums {
  readonly currency: string;
  /** Minor units; null where it is not known. */
  readonly cost: number | null;
  readonly deposited: number | null;
}

interface Props {
  readonly of: readonly Sums[];
  /** Of the period compared with. */
  readonly before: readonly Sums[] | undefined;
}

/** What bonuses cost and what was deposited after codes, the brand's own currency first. Currencies are never added up. */
export function MoneyTable({ of, before }: Props) {
  const { t } = useTranslation();
  const { brand } = useMember();
  const isOwn = ({ currency }: Sums) => Number(currency === brand.currency);
  const rows = of.toSorted((one, other) => isOwn(other) - isOwn(one));
  const earlier = new Map(before?.map((sums) => [sums.currency, sums]));
  if (rows.length === 0) return null;
  return (
    <Panel title={t('report.money')} hint={t('report.moneyHint')} padded={false} isTall>
      <Table horizontalSpacing="md" verticalSpacing="xs" fz="sm">
        <Table.Thead>
          <Table.Tr>
            <Table.Th ta="end">{t('report.cost')}</Table.Th>
            <Table.Th ta="end">{t('report.deposited')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {rows.map(({ currency, cost, deposited }) => {
            const then = earlier.get(currency);
            return (
              <Table.Tr key={currency}>
                <Table.Td ta="end">
                  <Sum of={cost} before={then?.cost} currency={currency} />
                </Table.Td>
                <Table.Td ta="end">
                  <Sum of={deposited} before={then?.deposited} currency={currency} />
                </Table.Td>
              </Table.Tr>
            );
          })}
        </Table.Tbody>
      </Table>
    </Panel>
  );
}

function Sum({
  of,
  before,
  currency,
}: {
  of: number | null;
  before: number | null | undefined;
  currency: string;
}) {
  return (
    <>
      <Money amount={of} currency={currency} />
      {of !== null && before !== null && before !== undefined && (
        <div style={{ fontSize: 'var(--mantine-font-size-xs)', minHeight: 18 }}>
          <Moved now={of} before={before} />
        </div>
      )}
    </>
  );
}
