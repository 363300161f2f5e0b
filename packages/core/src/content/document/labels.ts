import { variablesOf } from '../template/variables.ts';
import type { ContentDocument } from './documents.ts';
import { wordingFor } from './locale.ts';
import { textsOf } from './texts.ts';

/**
 * The label tags that a document needs for a reader of this language, sorted: those, and no others, are evaluated for
 * the message, so that no code is drawn for a text that is not shown.
 */
export function labelsOf(document: ContentDocument, locale: string | null): readonly string[] {
  const { source } = wordingFor(document, locale);
  const names = textsOf(document)
    .flatMap((slot) => variablesOf(source(slot.key, slot.source)))
    .flatMap(({ path: [root, name] }) => (root === 'label' && name !== undefined ? [name] : []));
  return [...new Set(names)].sort();
}
