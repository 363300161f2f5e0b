import { describe, expect, it } from 'vitest';
import { buildCatalogue } from '../../rules/index.ts';
import { renderDocument } from '../document/render.ts';
import { smsSegments } from '../document/segments.ts';
import { textsOf } from '../document/texts.ts';
import { lintDocument } from '../lint/document.ts';
import { stateFields } from '../player-state.ts';
import { reader } from '../testing/index.ts';
import { READY_MADE, withDefaults } from './index.ts';

const catalogue = buildCatalogue();
if (!catalogue.ok) throw new Error('the built-in facts contradict themselves');
const state = new Set(stateFields(catalogue.catalogue).map(({ name }) => name));

describe.each(READY_MADE.map((template) => [template.id, template] as const))('%s', (_, template) => {
  const document = template.document(withDefaults(template, {}));

  it('has nothing for the linter to find', () => {
    expect(lintDocument(document, { labels: new Set(['promo_code']), state })).toEqual([]);
  });

  it('comes out in English, German and whatever else it is translated to', () => {
    expect(Object.keys(document.translations)).toContain('de');
    for (const locale of ['en', ...Object.keys(document.translations)]) {
      const rendering = renderDocument(document, reader({ locale }));
      expect(rendering).toMatchObject({ ok: true, rendered: { channel: document.channel, locale } });
    }
  });

  it('uses every parameter it asks for', () => {
    const names = template.parameters.map(({ name }) => name);
    const given = Object.fromEntries(names.map((name) => [name, `given_${name}`]));
    const text = JSON.stringify(template.document(withDefaults(template, given)));
    for (const name of names) expect(text).toContain(`given_${name}`);
  });

  it('names its texts apart', () => {
    const keys = textsOf(document).map(({ key }) => key);
    expect(new Set(keys).size).toBe(keys.length);
  });
});

it('there are six popups and one of everything else', () => {
  const channels = READY_MADE.map((template) => template.document(withDefaults(template, {})).channel);
  expect(channels.filter((channel) => channel === 'popup')).toHaveLength(6);
  expect(new Set(channels)).toEqual(new Set(['popup', 'inbox', 'email', 'push', 'telegram', 'sms']));
  expect(new Set(READY_MADE.map(({ id }) => id)).size).toBe(READY_MADE.length);
});

it('an SMS is one, in both its languages', () => {
  const template = READY_MADE.find(({ id }) => id === 'sms-promo-code');
  const document = template?.document(withDefaults(template, {}));
  for (const locale of ['en', 'de']) {
    const rendering = document && renderDocument(document, reader({ locale }));
    const text = rendering?.ok && rendering.rendered.channel === 'sms' ? rendering.rendered.text : '';
    expect(smsSegments(text)).toEqual({ encoding: 'gsm7', segments: 1 });
  }
});
