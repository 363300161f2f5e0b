import { ActionIcon, Button, Group, SegmentedControl, Stack, Text } from '@mantine/core';
import { IconPlus, IconX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { changeBlock, removeItem } from '../document/edits.ts';
import type { Block, BlockOf, Blocky } from '../document/types.ts';
import { ActionFields } from './action-fields.tsx';
import { useEditor } from './editor-context.ts';
import { TextField } from './text-field.tsx';

interface Props<Of extends Block = Block> {
  readonly block: Of;
  readonly document: Blocky;
}

/** What a block says and does. */
export function BlockForm({ block, document }: Props) {
  const { t } = useTranslation('content');
  const key = (name: string) => `${block.id}.${name}`;
  switch (block.type) {
    case 'heading':
      return <TextField of={key('text')} label={t('fields.text')} />;
    case 'text':
      return <TextField of={key('text')} label={t('fields.text')} rows={3} />;
    case 'image':
      return (
        <>
          <TextField of={key('url')} label={t('fields.url')} description={t('hints.image')} />
          <TextField of={key('alt')} label={t('fields.alt')} description={t('hints.alt')} />
        </>
      );
    case 'code':
      return (
        <>
          <TextField of={key('value')} label={t('fields.value')} description={t('hints.code')} />
          <TextField of={key('copyLabel')} label={t('fields.copyLabel')} />
          <TextField of={key('copiedLabel')} label={t('fields.copiedLabel')} />
        </>
      );
    case 'button':
      return <ButtonForm block={block} document={document} />;
    case 'countdown':
      return (
        <>
          <TextField of={key('label')} label={t('fields.above')} />
          <TextField of={key('until')} label={t('fields.until')} description={t('hints.until')} />
          <TextField of={key('endedLabel')} label={t('fields.endedLabel')} />
        </>
      );
    case 'divider':
      return (
        <Text fz="sm" c="dimmed">
          {t('hints.divider')}
        </Text>
      );
    case 'list':
      return <ListForm block={block} document={document} />;
  }
}

function ButtonForm({ block, document }: Props<BlockOf<'button'>>) {
  const { t } = useTranslation('content');
  const { change, mayEdit } = useEditor();
  return (
    <>
      <TextField of={`${block.id}.label`} label={t('fields.label')} />
      <Stack gap={3}>
        <Text fz="sm" fw={500}>
          {t('fields.style')}
        </Text>
        <SegmentedControl
          aria-label={t('fields.style')}
          size="xs"
          disabled={!mayEdit}
          data={[
            { value: 'primary', label: t('styles.primary') },
            { value: 'secondary', label: t('styles.secondary') },
          ]}
          value={block.style}
          onChange={(style) =>
            change(changeBlock(document, { ...block, style: style === 'primary' ? 'primary' : 'secondary' }))
          }
          style={{ alignSelf: 'flex-start' }}
        />
      </Stack>
      <ActionFields block={block} document={document} />
    </>
  );
}

const MOST_ITEMS = 20;

function ListForm({ block, document }: Props<BlockOf<'list'>>) {
  const { t } = useTranslation('content');
  const { change, mayEdit } = useEditor();
  return (
    <>
      {block.items.map((_, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: lines are known by their places
        <Group key={at} gap={6} wrap="nowrap" align="flex-end">
          <div style={{ flex: 1 }}>
            <TextField of={`${block.id}.items.${at}`} label={t('fields.line', { line: at + 1 })} />
          </div>
          {mayEdit && block.items.length > 1 && (
            <ActionIcon
              variant="subtle"
              color="gray"
              size="lg"
              aria-label={t('blocks.removeLine', { line: at + 1 })}
              onClick={() => change(removeItem(document, block.id, at))}
            >
              <IconX size={15} />
            </ActionIcon>
          )}
        </Group>
      ))}
      {mayEdit && block.items.length < MOST_ITEMS && (
        <Button
          variant="subtle"
          size="compact-sm"
          leftSection={<IconPlus size={13} />}
          style={{ justifySelf: 'start' }}
          onClick={() =>
            change(changeBlock(document, { ...block, items: [...block.items, t('first.item')] }))
          }
        >
          {t('blocks.addLine')}
        </Button>
      )}
    </>
  );
}
