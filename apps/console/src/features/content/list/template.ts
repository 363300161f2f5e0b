import type { Answer } from '../../../api/index.ts';

/** A document to begin with. */
export type Template = Answer<'listContentTemplates'>['items'][number];
