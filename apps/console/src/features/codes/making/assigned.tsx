import { Alert, Button, Group, Stack, Table } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Answer } from '../../../api/index.ts';
import { Copyable, PlayerLink, saveFile } from '../../../kit/index.ts';
import { writeCsv } from './csv.ts';

type Given = Answer<'distributeCodes'>['codes'];

/** Who got which code. Whoever may export codes sees them in full, and can keep them. */
export function Assigned({ codes, onClose }: { codes: Given; onClose: () => void }) {
  const { t } = useTranslation('codes');
  const isRevealed = codes.every(({ text }) => text !== null);
  const save = () => {
    const lines = codes.map(({ holder, text, code }) => [holder ?? '', text ?? code]);
    saveFile('codes.csv', new Blob([writeCsv([['player', 'code'], ...lines])], { type: 'text/csv' }));
  };
  return (
    <Stack>
      <Alert color="green" title={t('assign.done', { count: codes.length })} role="status">
        {t(isRevealed ? 'assign.keep' : 'assign.masked')}
      </Alert>
      <Table fz="sm">
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t('holder')}</Table.Th>
            <Table.Th>{t('code')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {codes.map(({ id, holder, text, code }) => (
            <Table.Tr key={id}>
              <Table.Td>{holder !== null && <PlayerLink id={holder} />}</Table.Td>
              <Table.Td>{text === null ? code : <Copyable text={text} />}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
      <Group justify="flex-end" gap="xs">
        {isRevealed && (
          <Button variant="default" leftSection={<IconDownload size={15} />} onClick={save}>
            {t('export')}
          </Button>
        )}
        <Button onClick={onClose}>{t('close')}</Button>
      </Group>
    </Stack>
  );
}
