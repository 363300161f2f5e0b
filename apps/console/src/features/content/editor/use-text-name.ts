import { useTranslation } from 'react-i18next';
import { isBlocky } from '../document/types.ts';
import { useEditor } from './editor-context.ts';

/** What a text or setting of the document is called: `offer.text` is `Text “offer”`, `rules.items.1` a line of a list. */
export function useTextName(): (key: string) => string {
  const { t } = useTranslation('content');
  const { document } = useEditor();
  return (key) => {
    const [id = '', ...rest] = key.split('.');
    const block = isBlocky(document) ? document.blocks.find((one) => one.id === id) : undefined;
    if (!block) {
      const known = `fields.${rest.at(-1) ?? id}`;
      return t(known, { defaultValue: key });
    }
    const named = (what: string) => t('named', { what, id });
    const kind = t(`blocks.${block.type}`);
    const field = rest.at(rest[0] === 'items' ? 0 : -1);
    if (field === undefined || field === block.type || field === 'text') return named(kind);
    if (field === 'items') return named(`${t('fields.items')} ${Number(rest[1]) + 1}`);
    return named(t(`fields.${field}`, { defaultValue: field }));
  };
}
