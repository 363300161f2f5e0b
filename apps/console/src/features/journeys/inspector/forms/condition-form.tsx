import { useTranslation } from 'react-i18next';
import { type Known, RuleField } from '../../../../kit/inserts/index.ts';
import { useEditor } from '../../editor/editor-context.ts';
import type { NodeOf } from '../../graph/types.ts';
import { useFaults } from '../faults.ts';
import { useTemplateValues } from '../fields/template-values.ts';
import type { FormProps } from './form-props.ts';

/** A rule about the player and what happened on the way here. */
export function ConditionForm({ id, node, onChange }: FormProps<NodeOf<'condition'>>) {
  const { t } = useTranslation('journeys');
  const faultOf = useFaults(id);
  const { definition } = useEditor();
  const fields = useTemplateValues({ secrets: false }).flatMap(({ items }): readonly Known[] =>
    items.filter(({ name }) => name.startsWith('event.') || name.startsWith('events.')),
  );
  const isAfterEvent = Object.values(definition.nodes).some(({ kind }) => kind === 'wait_event');
  return (
    <RuleField
      label={t('condition.rule')}
      description={t(isAfterEvent ? 'condition.hintEvents' : 'condition.hint')}
      value={node.rule}
      eventFields={fields}
      error={faultOf('rule')}
      required
      onChange={(rule) => onChange({ ...node, rule }, 'rule')}
    />
  );
}
