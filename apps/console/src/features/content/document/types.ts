import type { ContentDocument as Document, RenderedContent } from '@promosmith/contract';

export type { Document };
export type Channel = Document['channel'];
/** Documents that are made of blocks. */
export type Blocky = Extract<Document, { blocks: unknown }>;
export type Block = Blocky['blocks'][number];
export type BlockKind = Block['type'];
export type BlockOf<Kind extends BlockKind> = Extract<Block, { type: Kind }>;
export type ButtonAction = BlockOf<'button'>['action'];
export type DocumentOf<Of extends Channel> = Extract<Document, { channel: Of }>;
export type Theme = DocumentOf<'popup'>['theme'];
export type Colours = Theme['light'];
export type Rendered = RenderedContent;

export const CHANNELS = [
  'popup',
  'inbox',
  'email',
  'push',
  'telegram',
  'sms',
] as const satisfies readonly Channel[];

export const BLOCK_KINDS = [
  'heading',
  'text',
  'image',
  'code',
  'button',
  'countdown',
  'list',
  'divider',
] as const satisfies readonly BlockKind[];

export const isBlocky = (document: Document): document is Blocky => 'blocks' in document;
