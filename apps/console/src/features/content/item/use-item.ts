import { useTranslation } from 'react-i18next';
import { type Answer, send, useAct } from '../../../api/index.ts';
import { type Editable, type Stored, useEditable } from '../../../kit/editing/index.ts';
import type { Document } from '../document/types.ts';

export type Item = Answer<'getContent'>;

/** What is edited of a piece of content, and saved as one. */
export interface Draft {
  readonly name: string;
  readonly document: Document;
}

const storedOf = ({ version, name, document }: Item): Stored<Draft> => ({
  version,
  state: { name, document },
});

export function useItem(item: Item): Editable<Draft> {
  const { t } = useTranslation('content');
  const { mutateAsync } = useAct('updateContent');
  const params = { contentId: item.id };
  return useEditable<Draft>({
    stored: storedOf(item),
    read: async () => storedOf(await send('getContent', { params })),
    write: async (version, state) => storedOf(await mutateAsync({ params, body: { version, ...state } })),
    saved: t('saved'),
  });
}
