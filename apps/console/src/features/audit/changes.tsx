import { Code, ScrollArea, Table, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Nothing } from '../../kit/index.ts';
import { changed } from './changed.ts';

const shown = (value: unknown) =>
  value === undefined || value === null ? (
    <Nothing />
  ) : (
    <Code style={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}>
      {typeof value === 'string' ? value : JSON.stringify(value)}
    </Code>
  );

/** Field by field, what a change made of what. */
export function Changes({ before, after }: { before: unknown; after: unknown }) {
  const { t } = useTranslation('audit');
  const fields = changed(before, after);
  if (fields.length === 0)
    return (
      <Text fz="sm" c="dimmed">
        {t('noChanges')}
      </Text>
    );
  return (
    <ScrollArea>
      <Table withTableBorder verticalSpacing="xs" fz="sm">
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t('field')}</Table.Th>
            <Table.Th>{t('before')}</Table.Th>
            <Table.Th>{t('after')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {fields.map(({ path, before: old, after: now }) => (
            <Table.Tr key={path}>
              <Table.Td>{path}</Table.Td>
              <Table.Td>{shown(old)}</Table.Td>
              <Table.Td>{shown(now)}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </ScrollArea>
  );
}
