import type { ReactNode } from 'react';
import { type GraphNode, isMessage } from '../../graph/types.ts';
import { BonusForm, CodeForm } from './bonus-forms.tsx';
import { ConditionForm } from './condition-form.tsx';
import { DelayForm } from './delay-form.tsx';
import type { FormProps } from './form-props.ts';
import { MessageForm } from './message-form.tsx';
import { PropertyForm } from './property-form.tsx';
import { SplitForm } from './split-form.tsx';
import { TriggerForm } from './trigger-form.tsx';
import { WaitForm } from './wait-form.tsx';
import { WebhookForm } from './webhook-form.tsx';

/** The form of a node, by its kind. */
export function KindForm({ id, node, onChange }: FormProps<GraphNode>): ReactNode {
  if (isMessage(node)) return <MessageForm {...{ id, node, onChange }} />;
  switch (node.kind) {
    case 'trigger':
      return <TriggerForm {...{ id, node, onChange }} />;
    case 'wait_event':
      return <WaitForm {...{ id, node, onChange }} />;
    case 'delay':
      return <DelayForm {...{ id, node, onChange }} />;
    case 'condition':
      return <ConditionForm {...{ id, node, onChange }} />;
    case 'split':
      return <SplitForm {...{ id, node, onChange }} />;
    case 'webhook':
      return <WebhookForm {...{ id, node, onChange }} />;
    case 'give_bonus':
      return <BonusForm {...{ id, node, onChange }} />;
    case 'send_code':
      return <CodeForm {...{ id, node, onChange }} />;
    case 'change_property':
      return <PropertyForm {...{ id, node, onChange }} />;
    case 'exit':
      return null;
  }
}
