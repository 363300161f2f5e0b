import type { ReactNode } from 'react';
import { type GraphNode, isMessage } from '../../graph/types.ts';
import { BonusForm, CodeForm } from './bonus-forms.tsx';
import { ConditionForm } from './condition-form.tsx';
import { DelayForm } from './delay-form.tsx';
import { MessageForm } from './message-form.tsx';
import { PropertyForm } from './property-form.tsx';
import { SplitForm } from './split-form.tsx';
import { TriggerForm } from './trigger-form.tsx';
import { WaitForm } from './wait-form.tsx';
import { WebhookForm } from './webhook-form.tsx';

/** The settings of one node of a kind. A change says what it is about, so that typing is undone as one. */
export interface FormProps<Node extends GraphNode> {
  readonly id: string;
  readonly node: Node;
  readonly onChange: (node: Node, about?: string) => void;
}

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
