import { useTranslation } from 'react-i18next';
import { useList } from '../../../api/index.ts';
import { Versions } from '../../../kit/editing/index.ts';
import type { Document } from '../document/types.ts';
import { Thumbnail } from '../drawing/thumbnail.tsx';
import type { Item } from './use-item.ts';

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
  return (
    <Versions
      list={list}
      columns={[{ id: 'name', header: t('fields.name'), cell: ({ name }) => name }]}
      stateOf={({ document }): Document => document}
      now={now}
      current={item.version}
      onTake={onTake}
      picture={(document) => <Thumbnail of={document} />}
    />
  );
}
