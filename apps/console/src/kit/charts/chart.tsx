import { Button, Table, VisuallyHidden } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconChartBar, IconTable } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Panel } from '../panel.tsx';
import classes from './charts.module.css';
import { Definition } from './definition.tsx';
import { usePrintedLight } from './use-printed-light.ts';

/** What a picture says, in words and numbers. The first column names the row. */
export interface TableTwin {
  readonly head: readonly string[];
  readonly rows: readonly { readonly key: string; readonly cells: readonly ReactNode[] }[];
}

interface Props {
  readonly title: string;
  readonly definition?: string;
  readonly hint?: ReactNode;
  readonly table: TableTwin;
  readonly isTall?: boolean;
  /** Nothing of it is read out, nor reached by keys: the table says the same. */
  readonly children: ReactNode;
}

/** A picture in a frame, which anybody can turn into its table; who does not see it has the table at once. */
export function Chart({ title, definition, hint, table, isTall = false, children }: Props) {
  const { t } = useTranslation();
  const [isTable, { toggle }] = useDisclosure();
  usePrintedLight();
  return (
    <Panel
      title={title}
      hint={hint}
      isTall={isTall}
      actions={
        <>
          {definition !== undefined && <Definition of={title}>{definition}</Definition>}
          <Button
            className={classes.toggle}
            variant="subtle"
            color="gray"
            size="compact-xs"
            leftSection={isTable ? <IconChartBar size={14} /> : <IconTable size={14} />}
            onClick={toggle}
          >
            {t(isTable ? 'charts.picture' : 'charts.table')}
          </Button>
        </>
      }
    >
      {isTable ? (
        <Table.ScrollContainer minWidth={0}>
          <Twin title={title} of={table} />
        </Table.ScrollContainer>
      ) : (
        <>
          <div aria-hidden className={classes.picture}>
            {children}
          </div>
          <VisuallyHidden>
            <Twin title={title} of={table} />
          </VisuallyHidden>
        </>
      )}
    </Panel>
  );
}

const Twin = ({ title, of: { head, rows } }: { title: string; of: TableTwin }) => (
  <Table fz="sm" verticalSpacing={4} aria-label={title}>
    <Table.Thead>
      <Table.Tr>
        {head.map((name, index) => (
          <Table.Th key={name} ta={index > 0 ? 'end' : undefined}>
            {name}
          </Table.Th>
        ))}
      </Table.Tr>
    </Table.Thead>
    <Table.Tbody>
      {rows.map(({ key, cells }) => (
        <Table.Tr key={key}>
          {cells.map((cell, index) => (
            <Table.Td key={head[index]} ta={index > 0 ? 'end' : undefined}>
              {cell}
            </Table.Td>
          ))}
        </Table.Tr>
      ))}
    </Table.Tbody>
  </Table>
);
