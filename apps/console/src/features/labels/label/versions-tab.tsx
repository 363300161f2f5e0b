import { Button, Drawer, Group, Stack, Text } from '@mantine/core';
import { IconHistory } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Answer, type RowOf, useList } from '../../../api/index.ts';
import { DifferenceList, differences } from '../../../kit/editing/index.ts';
import { type Column, DataTable, Empty, When, Who } from '../../../kit/index.ts';
import type { Definition } from '../kinds.ts';

type Version = RowOf<'listLabelVersions'>;

interface Props {
  readonly label: Answer<'getLabel'>;
  /** As it stands in the editor. */
  readonly now: Definition;
  /** Begins again from a version; undefined for whoever may not. */
  readonly onTake: ((definition: Definition) => void) | undefined;
}

/** What the label tag was, and who made it so. */
export function VersionsTab({ label, now, onTake }: Props) {
  const { t } = useTranslation('labels');
  const list = useList('listLabelVersions', { params: { labelName: label.name } });
  const [shown, setShown] = useState<Version>();
  const columns: readonly Column<Version>[] = [
    { id: 'version', header: t('list.version'), cell: ({ version }) => t('version', { version }) },
    { id: 'kind', header: t('list.kind'), cell: ({ definition }) => t(`kind.${definition.kind}`) },
    {
      id: 'conditions',
      header: t('editor.conditions'),
      align: 'end',
      cell: ({ definition }) => definition.conditions.length,
    },
    { id: 'by', header: t('list.by'), cell: ({ createdBy }) => <Who by={createdBy} /> },
    { id: 'at', header: t('list.updated'), cell: ({ createdAt }) => <When at={createdAt} /> },
  ];
  return (
    <>
      <DataTable
        label={t('tabs.versions')}
        columns={columns}
        list={list}
        rowKey={({ version }) => String(version)}
        onRow={setShown}
        empty={<Empty icon={IconHistory} title={t('versions.none')} />}
      />
      <Drawer
        opened={shown !== undefined}
        onClose={() => setShown(undefined)}
        title={shown && t('version', { version: shown.version })}
        size="lg"
      >
        {shown && (
          <Stack>
            <Group justify="space-between">
              <Text fz="sm" c="dimmed" component="div">
                <Who by={shown.createdBy} />, <When at={shown.createdAt} style="full" />
              </Text>
              {onTake && shown.version !== label.version && (
                <Button
                  variant="default"
                  onClick={() => {
                    setShown(undefined);
                    onTake(shown.definition);
                  }}
                >
                  {t('versions.take')}
                </Button>
              )}
            </Group>
            <Text fz="sm" fw={600}>
              {t('versions.differs')}
            </Text>
            <DifferenceList of={differences(shown.definition, now)} label={t('versions.differs')} />
          </Stack>
        )}
      </Drawer>
    </>
  );
}
