import type { Answer } from '../../../api/index.ts';

type Field = Answer<'listEventProperties'>['items'][number]['fields'][number];
type Known = { readonly fields: readonly Pick<Field, 'name' | 'example'>[] };
type Values = Record<string, Field['example']>;

/** `events.shown.code`: the field `code` of the event that the node `shown` waited for. */
const ASKED = /\bevents\.(\w+)\.(\w+)/g;

/**
 * What a document's texts ask of earlier events, by the id of the node, so that it can be shown without a journey: the
 * example of any event that has such a field, or the field's name in capitals.
 */
export function earlierEvents(document: object, known: readonly Known[]): Record<string, Values> {
  const asked: Record<string, Values> = {};
  for (const [, node = '', field = ''] of JSON.stringify(document).matchAll(ASKED)) {
    const found = known.flatMap(({ fields }) => fields).find(({ name }) => name === field);
    const values = asked[node] ?? {};
    values[field] = found?.example ?? field.toUpperCase();
    asked[node] = values;
  }
  return asked;
}
