import { textsOf } from '@promosmith/core/content';
import { useTranslation } from 'react-i18next';
import { TextWithInsert } from '../../../kit/inserts/index.ts';
import { setText } from '../document/edits.ts';
import { useEditor } from './editor-context.ts';
import { errorOf, isAt, Warnings } from './findings.tsx';

interface Props {
  /** The key of the text in the document, such as `offer.text`. */
  readonly of: string;
  readonly label: string;
  readonly description?: string;
  readonly rows?: number;
}

/** A text of the document in its own language, with what there is to say of it. */
export function TextField({ of, label, description, rows }: Props) {
  const { t } = useTranslation('content');
  const { document, change, findings, groups, written, mayEdit } = useEditor();
  const slot = textsOf(document).find(({ key }) => key === of);
  if (!slot) return null;
  const said = findings.filter(isAt(of));
  return (
    <div data-text={of}>
      <TextWithInsert
        label={label}
        description={description}
        error={errorOf(said)}
        value={slot.source}
        onChange={(text) => change(setText(document, of, text), of)}
        groups={groups}
        insertLabel={t('values.insert')}
        written={written}
        {...(rows === undefined ? {} : { rows })}
        isProse={slot.kind === 'line' || slot.kind === 'plain'}
        locale={document.locale}
        required={!slot.optional}
        disabled={!mayEdit}
      />
      <Warnings of={said} />
    </div>
  );
}
