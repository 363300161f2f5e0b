import type { Block } from '../document/blocks.ts';
import type { Letter } from './letter.ts';

/** The email for readers without HTML: the same blocks in the same order. */
export function writeEmail({ document, unsubscribeUrl, showInstant }: Letter): string {
  const parts = document.blocks.map((block) => writeBlock(block, showInstant)).filter((part) => part !== '');
  const footer = `${document.footer}\n${document.unsubscribeLabel}: ${unsubscribeUrl}`;
  return `${[...parts, '--', footer].join('\n\n')}\n`;
}

function writeBlock(block: Block, showInstant: Letter['showInstant']): string {
  switch (block.type) {
    case 'heading':
      return `${block.text}\n${'='.repeat(Math.min([...block.text].length, 60))}`;
    case 'text':
      return block.text;
    case 'image':
      return block.alt === '' ? '' : `[${block.alt}]`;
    case 'code':
      return block.value;
    case 'button':
      return block.action.kind === 'open_url' ? `${block.label}: ${block.action.url}` : '';
    case 'countdown':
      return `${block.label} ${showInstant(block.until)}`;
    case 'divider':
      return '---';
    case 'list':
      return block.items.map((item) => `- ${item}`).join('\n');
  }
}
