import { Checkbox, Stack, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Panel } from '../../../kit/index.ts';
import { type Document, type DocumentOf, isBlocky } from '../document/types.ts';
import { BlockList } from './block-list.tsx';
import { useEditor } from './editor-context.ts';
import { Settings } from './settings.tsx';
import { TextField } from './text-field.tsx';

interface Props {
  readonly opened: string | undefined;
  readonly onOpen: (id: string | undefined) => void;
}

/** What a document says, in its own language, and how it looks. */
export function DesignTab({ opened, onOpen }: Props) {
  const { t } = useTranslation('content');
  const { document } = useEditor();
  return (
    <Stack gap="md">
      <Heads document={document} />
      {isBlocky(document) && (
        <Panel title={t('blocks.title')} hint={t('blocks.hint')}>
          <BlockList document={document} opened={opened} onOpen={onOpen} />
        </Panel>
      )}
      {document.channel === 'email' && (
        <Panel title={t('settings.foot')}>
          <Stack gap="sm">
            <TextField of="footer" label={t('fields.footer')} description={t('hints.footer')} rows={2} />
            <TextField of="unsubscribeLabel" label={t('fields.unsubscribeLabel')} />
          </Stack>
        </Panel>
      )}
      <Settings document={document} />
    </Stack>
  );
}

/** Texts that stand above the blocks, or are all there is. */
function Heads({ document }: { document: Document }) {
  const { t } = useTranslation('content');
  switch (document.channel) {
    case 'popup':
      return null;
    case 'inbox':
      return (
        <Panel title={t('settings.inList')}>
          <Stack gap="sm">
            <TextField of="title" label={t('fields.title')} />
            <TextField of="preview" label={t('fields.preview')} />
          </Stack>
        </Panel>
      );
    case 'email':
      return (
        <Panel title={t('settings.inMailbox')}>
          <Stack gap="sm">
            <TextField of="subject" label={t('fields.subject')} />
            <TextField of="preheader" label={t('fields.preheader')} description={t('hints.preheader')} />
          </Stack>
        </Panel>
      );
    case 'push':
      return (
        <Panel title={t('settings.message')}>
          <Stack gap="sm">
            <TextField of="title" label={t('fields.title')} />
            <TextField of="body" label={t('fields.body')} rows={2} />
            <Optional document={document} name="url" />
            <Optional document={document} name="icon" />
          </Stack>
        </Panel>
      );
    case 'telegram':
      return (
        <Panel title={t('settings.message')}>
          <Stack gap="sm">
            <TextField of="text" label={t('fields.text')} rows={4} />
            <TelegramButton document={document} />
          </Stack>
        </Panel>
      );
    case 'sms':
      return (
        <Panel title={t('settings.message')}>
          <TextField of="text" label={t('fields.text')} description={t('hints.sms')} rows={4} />
        </Panel>
      );
  }
}

/** A link that may be left out. */
function Optional({ document, name }: { document: DocumentOf<'push'>; name: 'url' | 'icon' }) {
  const { t } = useTranslation('content');
  const { change, mayEdit } = useEditor();
  if (document[name] !== undefined)
    return <TextField of={name} label={t(`fields.${name}`)} description={t('hints.emptyToDrop')} />;
  return (
    <TextInput
      label={t(`fields.${name}`)}
      placeholder={t('hints.none')}
      disabled={!mayEdit}
      value=""
      onChange={({ currentTarget: { value } }) => change({ ...document, [name]: value }, name)}
    />
  );
}

function TelegramButton({ document }: { document: DocumentOf<'telegram'> }) {
  const { t } = useTranslation('content');
  const { change, mayEdit } = useEditor();
  const { button, ...without } = document;
  return (
    <>
      <Checkbox
        label={t('settings.withButton')}
        checked={button !== undefined}
        disabled={!mayEdit}
        onChange={({ currentTarget: { checked } }) =>
          change(
            checked
              ? { ...document, button: { label: t('first.button'), url: 'https://example.com' } }
              : without,
          )
        }
      />
      {button && (
        <>
          <TextField of="button.label" label={t('fields.label')} />
          <TextField of="button.url" label={t('fields.url')} description={t('hints.link')} />
        </>
      )}
    </>
  );
}
