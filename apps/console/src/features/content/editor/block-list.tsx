import { Button, Menu, Stack, Text } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { freshBlock, moveBlock, withBlock } from '../document/edits.ts';
import { BLOCK_KINDS, type Blocky } from '../document/types.ts';
import { BlockCard } from './block-card.tsx';
import { BLOCK_ICONS } from './block-icons.ts';
import { useEditor } from './editor-context.ts';

interface Props {
  readonly document: Blocky;
  /** The id of the block whose form is open. */
  readonly opened: string | undefined;
  readonly onOpen: (id: string | undefined) => void;
}

const MOST_BLOCKS = 30;

/** The blocks in their order: dragged to another place, or taken there by the arrow keys. */
export function BlockList({ document, opened, onOpen }: Props) {
  const { t } = useTranslation('content');
  const { change, mayEdit, label } = useEditor();
  const [dragged, setDragged] = useState<string>();
  const [over, setOver] = useState<number>();
  const add = (kind: (typeof BLOCK_KINDS)[number]) => {
    const words = {
      heading: t('first.heading'),
      text: t('first.text'),
      copy: t('first.copy'),
      copied: t('first.copied'),
      button: t('first.button'),
      ended: t('first.ended'),
      item: t('first.item'),
      label,
    };
    const block = freshBlock(document, kind, words);
    change(withBlock(document, block));
    onOpen(block.id);
  };
  const drop = () => {
    if (dragged !== undefined && over !== undefined) change(moveBlock(document, dragged, over));
    setDragged(undefined);
    setOver(undefined);
  };
  return (
    <Stack gap={6}>
      <Stack gap={6} component="ol" m={0} p={0} aria-label={t('blocks.label')} style={{ listStyle: 'none' }}>
        {document.blocks.map((block, at) => (
          <li
            key={block.id}
            data-block={block.id}
            onDragOver={(event) => {
              if (dragged === undefined) return;
              event.preventDefault();
              setOver(at);
            }}
            onDrop={(event) => {
              event.preventDefault();
              drop();
            }}
          >
            <BlockCard
              block={block}
              at={at}
              document={document}
              isOpen={opened === block.id}
              isTarget={dragged !== undefined && dragged !== block.id && over === at}
              onToggle={() => onOpen(opened === block.id ? undefined : block.id)}
              onOpen={onOpen}
              onDrag={(isDragged) => (isDragged ? setDragged(block.id) : setDragged(undefined))}
            />
          </li>
        ))}
      </Stack>
      {document.blocks.length === 0 && (
        <Text fz="sm" c="dimmed">
          {t('blocks.none')}
        </Text>
      )}
      {mayEdit && document.blocks.length < MOST_BLOCKS && (
        <Menu position="bottom-start" width={230}>
          <Menu.Target>
            <Button
              variant="default"
              leftSection={<IconPlus size={15} />}
              style={{ alignSelf: 'flex-start' }}
            >
              {t('blocks.add')}
            </Button>
          </Menu.Target>
          <Menu.Dropdown>
            {BLOCK_KINDS.map((kind) => {
              const IconOf = BLOCK_ICONS[kind];
              return (
                <Menu.Item key={kind} leftSection={<IconOf size={15} />} onClick={() => add(kind)}>
                  {t(`blocks.${kind}`)}
                </Menu.Item>
              );
            })}
          </Menu.Dropdown>
        </Menu>
      )}
    </Stack>
  );
}
