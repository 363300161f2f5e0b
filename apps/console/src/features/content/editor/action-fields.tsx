import { Select, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { changeBlock } from '../document/edits.ts';
import type { BlockOf, Blocky, ButtonAction } from '../document/types.ts';
import { useEditor } from './editor-context.ts';
import { errorOf, isAt } from './findings.tsx';
import { TextField } from './text-field.tsx';

const ACTIONS = [
  'close',
  'open_url',
  'client_action',
  'apply_code',
] as const satisfies readonly ButtonAction['kind'][];

const FIRST: Readonly<Record<ButtonAction['kind'], (label: string | undefined) => ButtonAction>> = {
  close: () => ({ kind: 'close' }),
  open_url: () => ({ kind: 'open_url', url: '/' }),
  client_action: () => ({ kind: 'client_action', name: 'BUTTON_PRESSED' }),
  apply_code: (label) => ({ kind: 'apply_code', code: label === undefined ? '' : `{{ label.${label} }}` }),
};

/** What a press of the button does. In an email it can only open a link. */
export function ActionFields({ block, document }: { block: BlockOf<'button'>; document: Blocky }) {
  const { t } = useTranslation('content');
  const { change, findings, mayEdit, label } = useEditor();
  const { action } = block;
  const set = (next: ButtonAction, about?: string) =>
    change(changeBlock(document, { ...block, action: next }), about);
  const offered = ACTIONS.filter(
    (kind) => document.channel !== 'email' || kind === 'open_url' || kind === action.kind,
  );
  return (
    <>
      <Select
        label={t('fields.action')}
        description={t(`actions.${action.kind}Hint`)}
        data={offered.map((value) => ({ value, label: t(`actions.${value}`) }))}
        value={action.kind}
        allowDeselect={false}
        disabled={!mayEdit}
        error={errorOf(findings.filter(isAt(block.id)))}
        onChange={(chosen) => {
          const kind = ACTIONS.find((one) => one === chosen);
          if (kind) set(FIRST[kind](label));
        }}
      />
      {action.kind === 'open_url' && (
        <TextField of={`${block.id}.url`} label={t('fields.url')} description={t('hints.link')} />
      )}
      {action.kind === 'apply_code' && (
        <TextField of={`${block.id}.code`} label={t('fields.code')} description={t('hints.applied')} />
      )}
      {action.kind === 'client_action' && (
        <TextInput
          label={t('fields.clientAction')}
          required
          maxLength={64}
          disabled={!mayEdit}
          value={action.name}
          onChange={({ currentTarget: { value } }) =>
            set({ kind: 'client_action', name: value }, `${block.id}.name`)
          }
        />
      )}
    </>
  );
}
