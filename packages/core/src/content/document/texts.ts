import type { Block, ButtonAction } from './blocks.ts';
import type { ContentDocument } from './documents.ts';

/** What a text of a document comes out as. `line` is plain text on one line, `instant` an RFC 3339 text. */
export type TextKind = 'plain' | 'line' | 'code' | 'url' | 'instant';

/** A text of a document: a template that may be translated. */
export interface TextSlot {
  /** Unique in the document and stable while blocks move: `subject`, `offer.text`, `rules.items.0`. */
  readonly key: string;
  readonly kind: TextKind;
  readonly source: string;
  /** Whether it may be empty: what it adds is not there then. */
  readonly optional: boolean;
}

type Write = (key: string, kind: TextKind, source: string, optional?: 'optional') => string;

/**
 * The document with every text replaced by what `write` makes of it. This is the one place that knows where documents
 * have texts: rendering, linting and translating all go through it.
 */
export function mapTexts<D extends ContentDocument>(document: D, write: (slot: TextSlot) => string): D;
export function mapTexts(document: ContentDocument, write: (slot: TextSlot) => string): ContentDocument {
  const put: Write = (key, kind, source, optional) =>
    write({ key, kind, source, optional: optional !== undefined });
  const field = <D extends object>(from: D, name: keyof D & string, kind: TextKind): object => {
    const source = from[name];
    return typeof source === 'string' ? { [name]: put(name, kind, source) } : {};
  };
  const blocks = (given: readonly Block[]) => given.map((block) => mapBlock(block, put));
  switch (document.channel) {
    case 'popup':
      return { ...document, blocks: blocks(document.blocks) };
    case 'inbox':
      return {
        ...document,
        title: put('title', 'line', document.title),
        preview: put('preview', 'line', document.preview, 'optional'),
        blocks: blocks(document.blocks),
      };
    case 'email':
      return {
        ...document,
        subject: put('subject', 'line', document.subject),
        preheader: put('preheader', 'line', document.preheader, 'optional'),
        blocks: blocks(document.blocks),
        footer: put('footer', 'plain', document.footer),
        unsubscribeLabel: put('unsubscribeLabel', 'line', document.unsubscribeLabel),
      };
    case 'push':
      return {
        ...document,
        title: put('title', 'line', document.title),
        body: put('body', 'plain', document.body),
        ...field(document, 'icon', 'url'),
        ...field(document, 'url', 'url'),
      };
    case 'telegram': {
      const { button } = document;
      return {
        ...document,
        text: put('text', 'plain', document.text),
        ...(button
          ? {
              button: {
                label: put('button.label', 'line', button.label),
                url: put('button.url', 'url', button.url),
              },
            }
          : {}),
      };
    }
    case 'sms':
      return { ...document, text: put('text', 'plain', document.text) };
  }
}

function mapBlock(block: Block, put: Write): Block {
  const own: Write = (key, kind, source, optional) => put(`${block.id}.${key}`, kind, source, optional);
  switch (block.type) {
    case 'heading':
      return { ...block, text: own('text', 'line', block.text) };
    case 'text':
      return { ...block, text: own('text', 'plain', block.text) };
    case 'image':
      return { ...block, url: own('url', 'url', block.url), alt: own('alt', 'line', block.alt, 'optional') };
    case 'code':
      return {
        ...block,
        value: own('value', 'code', block.value),
        copyLabel: own('copyLabel', 'line', block.copyLabel),
        copiedLabel: own('copiedLabel', 'line', block.copiedLabel),
      };
    case 'button':
      return { ...block, label: own('label', 'line', block.label), action: mapAction(block.action, own) };
    case 'countdown':
      return {
        ...block,
        until: own('until', 'instant', block.until),
        label: own('label', 'line', block.label, 'optional'),
        endedLabel: own('endedLabel', 'line', block.endedLabel),
      };
    case 'divider':
      return block;
    case 'list':
      return { ...block, items: block.items.map((item, at) => own(`items.${at}`, 'line', item)) };
  }
}

function mapAction(action: ButtonAction, own: Write): ButtonAction {
  if (action.kind === 'open_url') return { ...action, url: own('url', 'url', action.url) };
  if (action.kind === 'apply_code') return { ...action, code: own('code', 'code', action.code) };
  return action;
}

/** Every text of the document in its own language, in the order they are read. */
export function textsOf(document: ContentDocument): readonly TextSlot[] {
  const slots: TextSlot[] = [];
  mapTexts(document, (slot) => {
    slots.push(slot);
    return slot.source;
  });
  return slots;
}
