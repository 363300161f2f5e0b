import { Kbd, Modal, Table, Title } from '@mantine/core';
import { Fragment } from 'react';
import { useTranslation } from 'react-i18next';

const KEYS = [
  {
    group: 'places',
    keys: [
      ['F6', 'nextPlace'],
      ['Shift F6', 'placeBefore'],
      ['Tab', 'walk'],
      ['Enter', 'open'],
      ['Esc', 'comeBack'],
    ],
  },
  {
    group: 'drawing',
    keys: [
      ['C', 'connect'],
      ['↑ ↓ ← →', 'move'],
      ['Shift ↑ ↓ ← →', 'moveFar'],
      ['Del', 'remove'],
      ['L', 'arrange'],
      ['Ctrl A', 'pickAll'],
      ['Ctrl D', 'duplicate'],
      ['Ctrl C', 'copy'],
      ['Ctrl X', 'cut'],
      ['Ctrl V', 'paste'],
    ],
  },
  {
    group: 'draft',
    keys: [
      ['Ctrl Z', 'undo'],
      ['Ctrl Shift Z', 'redo'],
      ['Ctrl S', 'save'],
      ['?', 'help'],
    ],
  },
] as const;

const isMac = navigator.platform.startsWith('Mac');
const shown = (key: string): string => (isMac && key === 'Ctrl' ? '⌘' : key);

/** Everything that the keyboard does here. */
export function KeysHelp({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const { t } = useTranslation('journeys');
  return (
    <Modal opened={opened} onClose={onClose} title={t('keys.title')} size="lg" centered>
      {KEYS.map(({ group, keys }) => (
        <Fragment key={group}>
          <Title order={3} fz="sm" mt="sm" mb={4} id={`keys-${group}`}>
            {t(`keys.${group}`)}
          </Title>
          <Table fz="sm" verticalSpacing={5} layout="fixed" aria-labelledby={`keys-${group}`}>
            <Table.Tbody>
              {keys.map(([combination, what]) => (
                <Table.Tr key={what}>
                  <Table.Th scope="row" w={170} fw={400}>
                    {combination.split(' ').map((key) => (
                      <Kbd key={key} mr={4} size="xs">
                        {shown(key)}
                      </Kbd>
                    ))}
                  </Table.Th>
                  <Table.Td>{t(`keys.what.${what}`)}</Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </Fragment>
      ))}
    </Modal>
  );
}
