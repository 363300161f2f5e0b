import { Button, Drawer, Group, Stack, Text } from '@mantine/core';
import { IconHistory } from '@tabler/icons-react';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { List } from '../../api/index.ts';
import { type Column, DataTable } from '../data-table.tsx';
import { Empty } from '../feedback.tsx';
import { When } from '../values.tsx';
import { Who } from '../who.tsx';
import { DifferenceList } from './difference-list.tsx';
import { differences } from './merge.ts';

interface Version {
  readonly version: number;
  readonly createdBy: Parameters<typeof Who>[0]['by'];
  readonly createdAt: string;
}

interface Props<Row, State> {
  readonly list: List<Row>;
  /** Between its number, and who made it when. */
  readonly columns: readonly Column<Row>[];
  /** What a version keeps. */
  readonly stateOf: (version: Row) => State;
  /** As it stands in the editor. */
  readonly now: State;
  /** The version in force. */
  readonly current: number;
  /** Begins again from a version; undefined for whoever may not. */
  readonly onTake: ((state: State) => void) | undefined;
  readonly picture?: (state: State) => ReactNode;
}

/** What something was, and who made it so; each version beside what is there now. */
export function Versions<Row extends Version, State>(props: Props<Row, State>) {
  const { list, columns, stateOf, now, current, onTake, picture } = props;
  const { t } = useTranslation();
  const [shown, setShown] = useState<Row>();
  const state = shown && stateOf(shown);
  return (
    <>
      <DataTable
        label={t('versions.label')}
        columns={[
          {
            id: 'version',
            header: t('versions.version'),
            cell: ({ version }) => t('versions.nth', { version }),
          },
          ...columns,
          { id: 'by', header: t('versions.by'), cell: ({ createdBy }) => <Who by={createdBy} /> },
          { id: 'at', header: t('versions.at'), cell: ({ createdAt }) => <When at={createdAt} /> },
        ]}
        list={list}
        rowKey={({ version }) => String(version)}
        onRow={setShown}
        empty={<Empty icon={IconHistory} title={t('versions.none')} />}
      />
      <Drawer
        opened={shown !== undefined}
        onClose={() => setShown(undefined)}
        title={shown && t('versions.nth', { version: shown.version })}
        size="lg"
      >
        {shown && state !== undefined && (
          <Stack>
            <Group justify="space-between">
              <Text fz="sm" c="dimmed" component="div">
                <Who by={shown.createdBy} />, <When at={shown.createdAt} style="full" />
              </Text>
              {onTake && shown.version !== current && (
                <Button
                  variant="default"
                  onClick={() => {
                    setShown(undefined);
                    onTake(state);
                  }}
                >
                  {t('versions.take')}
                </Button>
              )}
            </Group>
            {picture?.(state)}
            <Text fz="sm" fw={600}>
              {t('versions.differs')}
            </Text>
            <DifferenceList of={differences(state, now)} label={t('versions.differs')} />
          </Stack>
        )}
      </Drawer>
    </>
  );
}
