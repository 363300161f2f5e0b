import type { Block, BlockOf } from '../live/messages.ts';
import type { Language } from '../texts/language.ts';
import { copy } from './copy.ts';
import { drawCountdown } from './countdown.ts';
import { drawButton, h } from './dom.ts';
import { safeImage, safeLink } from './links.ts';

/** Where blocks are drawn, and what they can do there. */
export interface Place {
  readonly language: Language;
  readonly heading: 'h2' | 'h3';
  /** The message's own locale: of its numbers. */
  readonly locale: string;
  readonly signal: AbortSignal;
  now(): number;
  /** Says something to who cannot see it. */
  announce(text: string): void;
  press(button: BlockOf<'button'>, event: Event): void;
  copied(code: string): void;
}

const COPIED_MS = 2_500;

export const drawBlocks = (blocks: readonly Block[], place: Place): HTMLElement[] =>
  blocks.flatMap((block) => drawBlock(block, place) || []);

function drawBlock(block: Block, place: Place): HTMLElement | '' | undefined {
  switch (block.type) {
    case 'heading':
      return h(place.heading, { class: 'heading', id: block.id }, block.text);
    case 'text':
      return h('p', { class: 'text', id: block.id }, block.text);
    case 'image':
      return drawImage(block);
    case 'code':
      return drawCode(block, place);
    case 'button':
      return drawPressed(block, place);
    case 'countdown':
      return drawCountdown(block, place);
    case 'divider':
      return h('hr');
    case 'list':
      return h('ul', {}, ...block.items.map((item) => h('li', {}, item)));
  }
}

function drawImage({ url, alt }: BlockOf<'image'>): HTMLElement | undefined {
  const src = safeImage(url);
  return src === undefined
    ? undefined
    : h('img', {
        src,
        alt,
        class: 'image',
        onerror: ({ currentTarget }) => (currentTarget as Element).remove(),
      });
}

function drawCode({ value, copyLabel, copiedLabel }: BlockOf<'code'>, place: Place): HTMLElement {
  const shown = h('code', { class: 'value', dir: 'ltr' }, value);
  const button = drawButton('copy', copyLabel, press);
  async function press(): Promise<void> {
    if (!(await copy(value, shown))) return;
    button.textContent = copiedLabel;
    place.announce(copiedLabel);
    place.copied(value);
    setTimeout(() => {
      button.textContent = copyLabel;
    }, COPIED_MS);
  }
  return h('div', { class: 'code' }, shown, button);
}

function drawPressed(block: BlockOf<'button'>, place: Place): HTMLElement | '' | undefined {
  const { label, style, action } = block;
  const onclick = (event: Event) => place.press(block, event);
  if (action.kind !== 'open_url') return drawButton(style, label, onclick);
  const href = safeLink(action.url);
  return href && h('a', { href, class: `button ${style}`, onclick }, label);
}

/** Waits until images are there, so that nothing moves once they are; but not for long. */
export async function loadImages(blocks: readonly Block[], atMostMs: number): Promise<void> {
  const loading = blocks.flatMap((block) => {
    const src = block.type === 'image' ? safeImage(block.url) : undefined;
    if (src === undefined) return [];
    const image = new Image();
    image.src = src;
    return image.decode().catch(() => undefined);
  });
  await Promise.race([Promise.all(loading), new Promise((resolve) => setTimeout(resolve, atMostMs))]);
}
