import { Code, ScrollArea, Table, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Nothing } from '../values.tsx';
import type { Difference } from './merge.ts';

/** What changed, part by part: where it is, what it was, and what it is now. */
export function DifferenceList({ of, label }: { of: readonly Difference[]; label: string }) {
  const { t } = useTranslation();
  if (of.length === 0)
    return (
      <Text fz="sm" c="dimmed">
        {t('differences.none')}
      </Text>
    );
  return (
    <ScrollArea.Autosize mah={360} type="auto">
      <Table aria-label={label} fz="sm" verticalSpacing={6}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t('differences.part')}</Table.Th>
            <Table.Th>{t('differences.before')}</Table.Th>
            <Table.Th>{t('differences.after')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {of.map(({ path, before, after }) => (
            <Table.Tr key={path}>
              <Table.Td style={{ verticalAlign: 'top' }}>
                <Code>{path}</Code>
              </Table.Td>
              <Table.Td style={{ verticalAlign: 'top' }}>
                <Value of={before} />
              </Table.Td>
              <Table.Td style={{ verticalAlign: 'top' }}>
                <Value of={after} />
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </ScrollArea.Autosize>
  );
}

function Value({ of }: { of: unknown }) {
  if (of === undefined || of === null || of === '') return <Nothing />;
  const isList = Array.isArray(of) && of.every((item) => typeof item === 'string');
  const text = isList ? of.join(', ') : typeof of === 'object' ? JSON.stringify(of) : String(of);
  return (
    <Text span inherit style={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}>
      {text}
    </Text>
  );
}
