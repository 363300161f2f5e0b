import { Table } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Copyable, shortId } from '../../../kit/index.ts';
import { useSay } from '../../../texts/index.ts';
import type { Difference } from './outcome.ts';

/** What does not agree: what it is about, what should be there, and what is. */
export function Differences({ of }: { of: readonly Difference[] }) {
  const { t } = useTranslation('ledger');
  const say = useSay();
  return (
    <Table.ScrollContainer minWidth={560}>
      <Table fz="sm">
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t('reconciliation.check')}</Table.Th>
            <Table.Th>{t('reconciliation.subject')}</Table.Th>
            <Table.Th ta="end">{t('reconciliation.expected')}</Table.Th>
            <Table.Th ta="end">{t('reconciliation.actual')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {of.map(({ check, subject, expected, actual }) => (
            <Table.Tr key={`${check} ${subject}`}>
              <Table.Td>{say(check)}</Table.Td>
              <Table.Td>
                <Copyable text={subject} shown={shortId(subject)} />
              </Table.Td>
              <Table.Td ta="end">{expected}</Table.Td>
              <Table.Td ta="end">{actual}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}
