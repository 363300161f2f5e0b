import { Button, Drawer, Group, Stack, Text } from '@mantine/core';
import { IconHistory } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type RowOf, useList } from '../../../api/index.ts';
import { DifferenceList, differences } from '../../../kit/editing/index.ts';
import { type Column, DataTable, Empty, When, Who } from '../../../kit/index.ts';
import type { Document } from '../document/types.ts';
import { Thumbnail } from '../drawing/thumbnail.tsx';
import type { Item } from './use-item.ts';

type Version = RowOf<'listContentVersions'>;

interface Props {
  readonly item: Item;
  /** As it stands in the editor. */
  readonly now: Document;
  /** Begins again from a version; undefined for whoever may not. */
  readonly onTake: ((document: Document) => void) | undefined;
}

/** What the content was, and who made it so. */
export function VersionsTab({ item, now, onTake }: Props) {
  const { t } = useTranslation('content');
  const list = useList('listContentVersions', { params: { contentId: item.id } });
  const [shown, setShown] = useState<Version>();
  const columns: readonly Column<Version>[] = [
    { id: 'version', header: t('versions.version'), cell: ({ version }) => t('version', { version }) },
    { id: 'name', header: t('fields.name'), cell: ({ name }) => name },
    { id: 'by', header: t('versions.by'), cell: ({ createdBy }) => <Who by={createdBy} /> },
    { id: 'at', header: t('versions.at'), cell: ({ createdAt }) => <When at={createdAt} /> },
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
              <Text fz="sm" c="dimmed">
                <Who by={shown.createdBy} />, <When at={shown.createdAt} style="full" />
              </Text>
              {onTake && shown.version !== item.version && (
                <Button
                  variant="default"
                  onClick={() => {
                    setShown(undefined);
                    onTake(shown.document);
                  }}
                >
                  {t('versions.take')}
                </Button>
              )}
            </Group>
            <Thumbnail of={shown.document} />
            <Text fz="sm" fw={600}>
              {t('versions.differs')}
            </Text>
            <DifferenceList of={differences(shown.document, now)} label={t('versions.differs')} />
          </Stack>
        )}
      </Drawer>
    </>
  );
}
