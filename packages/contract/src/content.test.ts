import { READY_MADE, withDefaults } from '@promosmith/core/content';
import { describe, expect, it, test } from 'vitest';
import { ContentDocument } from './content-documents.ts';

const documents = READY_MADE.map(
  (template) => [template.id, template.document(withDefaults(template, {}))] as const,
);

describe.each(documents)('%s', (_, document) => {
  it('is a document as it stands', () => {
    expect(ContentDocument.parse(structuredClone(document))).toEqual(document);
  });
});

const popup = documents[0]?.[1];

test.each<[string, object]>([
  ['a block with HTML', { blocks: [{ id: 'a', type: 'html', html: '<b>' }] }],
  ['a block with a field of its own', { blocks: [{ id: 'a', type: 'text', text: 'x', html: '<b>' }] }],
  ['a block whose id a key could not tell apart', { blocks: [{ id: 'a.b', type: 'text', text: 'x' }] }],
  ['a colour that is more than one', { theme: { light: { background: 'red;background:url(x)' } } }],
  [
    'an action of a button there is none of',
    { blocks: [{ id: 'a', type: 'button', label: 'x', action: { kind: 'run', script: 'x' } }] },
  ],
  ['a client action with spaces', { whenShown: 'CODE IS SHOWN' }],
  ['a validity of no time', { expiresAfterMs: 0 }],
])('%s is refused', (_, change) => {
  expect(ContentDocument.safeParse({ ...popup, ...change }).success).toBe(false);
});
