import { ScrollArea, Table } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useSay } from '../../../texts/index.ts';

interface Line {
  readonly line: number;
  readonly field: string;
  readonly reason: string;
}

/** Lines of a file that were left out, and why. */
export function BadLines({ lines }: { lines: readonly Line[] }) {
  const { t } = useTranslation('codes');
  const say = useSay();
  return (
    <ScrollArea.Autosize mah={320} viewportProps={{ tabIndex: 0 }}>
      <Table fz="sm" aria-label={t('report.title')}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t('report.line')}</Table.Th>
            <Table.Th>{t('report.column')}</Table.Th>
            <Table.Th>{t('report.reason')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {lines.map(({ line, field, reason }) => (
            <Table.Tr key={`${line} ${field} ${reason}`}>
              <Table.Td>{line}</Table.Td>
              <Table.Td>{field}</Table.Td>
              <Table.Td>{say(reason)}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </ScrollArea.Autosize>
  );
}
