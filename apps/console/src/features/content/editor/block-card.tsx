import { ActionIcon, Collapse, Group, Menu, Text, UnstyledButton, VisuallyHidden } from '@mantine/core';
import {
  IconArrowDown,
  IconArrowUp,
  IconChevronDown,
  IconCopy,
  IconDots,
  IconGripVertical,
  IconTrash,
} from '@tabler/icons-react';
import type { KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { copyBlock, moveBlock, removeBlock } from '../document/edits.ts';
import type { Block, Blocky } from '../document/types.ts';
import { rough } from '../drawing/rough.ts';
import { BlockForm } from './block-form.tsx';
import { BLOCK_ICONS } from './block-icons.ts';
import classes from './editor.module.css';
import { useEditor } from './editor-context.ts';
import { Mark } from './findings.tsx';

interface Props {
  readonly block: Block;
  /** Its place, from 0. */
  readonly at: number;
  readonly document: Blocky;
  readonly isOpen: boolean;
  /** Whether what is dragged would come to stand here. */
  readonly isTarget: boolean;
  readonly onToggle: () => void;
  readonly onOpen: (id: string | undefined) => void;
  readonly onDrag: (isDragged: boolean) => void;
}

/** A block in a line; opened, what can be said in it. */
export function BlockCard({ block, at, document, isOpen, isTarget, onToggle, onOpen, onDrag }: Props) {
  const { t } = useTranslation('content');
  const { change, findings, mayEdit } = useEditor();
  const said = findings.filter(({ text }) => text === block.id || text?.startsWith(`${block.id}.`));
  const worst = said.find(({ severity }) => severity === 'error') ?? said[0];
  const IconOf = BLOCK_ICONS[block.type];
  const name = t(`blocks.${block.type}`);
  const move = (to: number) => change(moveBlock(document, block.id, to));
  const moveByKey = (event: KeyboardEvent) => {
    if (event.key !== 'ArrowUp' && event.key !== 'ArrowDown') return;
    event.preventDefault();
    move(event.key === 'ArrowUp' ? at - 1 : at + 1);
    // Its place in the page changed with its place in the document.
    const { currentTarget } = event;
    requestAnimationFrame(() => currentTarget instanceof HTMLElement && currentTarget.focus());
  };
  const copy = () => {
    const made = copyBlock(document, block.id);
    change(made.document);
    onOpen(made.id);
  };
  return (
    <div className={classes.block} data-target={isTarget || undefined} data-open={isOpen || undefined}>
      <Group gap={4} wrap="nowrap" px={6}>
        {mayEdit && (
          // Firefox drags no buttons.
          <ActionIcon
            component="span"
            role="button"
            tabIndex={0}
            variant="subtle"
            color="gray"
            size="sm"
            draggable
            className={classes.grip}
            aria-label={t('blocks.move', { name, place: at + 1, of: document.blocks.length })}
            onKeyDown={moveByKey}
            onDragStart={(event) => {
              event.dataTransfer.setData('text/plain', block.id);
              event.dataTransfer.effectAllowed = 'move';
              onDrag(true);
            }}
            onDragEnd={() => onDrag(false)}
          >
            <IconGripVertical size={14} />
          </ActionIcon>
        )}
        <UnstyledButton className={classes.head} onClick={onToggle} aria-expanded={isOpen}>
          <IconOf size={16} style={{ flex: 'none' }} aria-hidden />
          <Text span fz="sm" fw={500} style={{ flex: 'none' }}>
            {name}
          </Text>
          <Text span fz="sm" c="dimmed" truncate>
            {rough(excerptOf(block))}
          </Text>
          {worst && <Mark of={worst} />}
          <IconChevronDown size={15} className={classes.chevron} aria-hidden />
          <VisuallyHidden>{block.id}</VisuallyHidden>
        </UnstyledButton>
        {mayEdit && (
          <Menu position="bottom-end" width={190}>
            <Menu.Target>
              <ActionIcon variant="subtle" color="gray" size="sm" aria-label={t('blocks.more', { name })}>
                <IconDots size={15} />
              </ActionIcon>
            </Menu.Target>
            <Menu.Dropdown>
              <Menu.Item
                leftSection={<IconArrowUp size={14} />}
                disabled={at === 0}
                onClick={() => move(at - 1)}
              >
                {t('blocks.up')}
              </Menu.Item>
              <Menu.Item
                leftSection={<IconArrowDown size={14} />}
                disabled={at === document.blocks.length - 1}
                onClick={() => move(at + 1)}
              >
                {t('blocks.down')}
              </Menu.Item>
              <Menu.Item leftSection={<IconCopy size={14} />} onClick={copy}>
                {t('blocks.copy')}
              </Menu.Item>
              <Menu.Item
                color="red"
                leftSection={<IconTrash size={14} />}
                onClick={() => change(removeBlock(document, block.id))}
              >
                {t('remove')}
              </Menu.Item>
            </Menu.Dropdown>
          </Menu>
        )}
      </Group>
      <Collapse expanded={isOpen}>
        {isOpen && (
          <div className={classes.form}>
            <BlockForm block={block} document={document} />
          </div>
        )}
      </Collapse>
    </div>
  );
}

function excerptOf(block: Block): string {
  switch (block.type) {
    case 'heading':
    case 'text':
      return block.text;
    case 'image':
      return block.alt || block.url;
    case 'code':
      return block.value;
    case 'button':
      return block.label;
    case 'countdown':
      return block.label;
    case 'list':
      return block.items.join(' · ');
    case 'divider':
      return '';
  }
}
