import { useTranslation } from 'react-i18next';
import { type Answer, useList } from '../../../api/index.ts';
import { Versions } from '../../../kit/editing/index.ts';
import type { Definition } from '../kinds.ts';

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
  return (
    <Versions
      list={list}
      columns={[
        { id: 'kind', header: t('list.kind'), cell: ({ definition }) => t(`kind.${definition.kind}`) },
        {
          id: 'conditions',
          header: t('editor.conditions'),
          align: 'end',
          cell: ({ definition }) => definition.conditions.length,
        },
      ]}
      stateOf={({ definition }): Definition => definition}
      now={now}
      current={label.version}
      onTake={onTake}
    />
  );
}
