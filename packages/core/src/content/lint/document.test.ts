import { describe, expect, it, test } from 'vitest';
import type { ContentDocument, EmailDocument, PopupDocument } from '../document/documents.ts';
import { READY_MADE, withDefaults } from '../ready-made/index.ts';
import { lintDocument } from './document.ts';
import { FINDINGS } from './finding.ts';
import type { KnownNames } from './template.ts';

const KNOWN: KnownNames = {
  labels: new Set(['promo_code']),
  state: new Set(['user_ext_id', 'user_deposit_count']),
};

function made<D extends ContentDocument>(id: string): D {
  const template = READY_MADE.find((one) => one.id === id);
  return template?.document(withDefaults(template, {})) as D;
}
const POPUP = made<PopupDocument>('promo-code-with-label-tag');
const EMAIL = made<EmailDocument>('email-promo-code');
const PUSH = made<ContentDocument & { channel: 'push' }>('push-promo-code');
const SMS = made<ContentDocument & { channel: 'sms' }>('sms-promo-code');
const TELEGRAM = made<ContentDocument & { channel: 'telegram' }>('telegram-promo-code');

const withText = (text: string): PopupDocument => ({
  ...POPUP,
  blocks: [...POPUP.blocks, { id: 'x', type: 'text', text }],
  translations: {},
});
const withLink = (url: string): ContentDocument => ({ ...PUSH, url });

describe('what is found', () => {
  test.each<[string, ContentDocument, object]>([
    [
      'a text that is no template',
      withText('Hi\n{{ oops'),
      { key: 'syntax', text: 'x.text', line: 2, column: 1 },
    ],
    ['a filter there is none of', withText('{{ event.x | raw }}'), { key: 'syntax', text: 'x.text' }],
    ['a tag there is none of', withText('{% include "x" %}'), { key: 'syntax', text: 'x.text' }],
    ['too much', withText(`{{ ${'a.'.repeat(600)}b }}`), { key: 'too_large', text: 'x.text' }],
    [
      'a label tag there is none of',
      withText('a {{ label.nope }}'),
      { key: 'unknown_label', line: 1, column: 6 },
    ],
    ['the same in a condition', withText('{% if label.nope %}{% endif %}'), { key: 'unknown_label' }],
    ['the same behind a default', withText('{{ label.nope | default: "a" }}'), { key: 'unknown_label' }],
    ['the same as an argument', withText('{{ "a" | append: label.nope }}'), { key: 'unknown_label' }],
    ['a fact there is none of', withText('{{ state.user_shoe_size }}'), { key: 'unknown_variable' }],
    ['a root there is none of', withText('{{ player.country }}'), { key: 'unknown_variable' }],
    ['a field of brand', withText('{{ brand.slogan }}'), { key: 'unknown_variable' }],
    ['a field of message', withText('{{ message.nope }}'), { key: 'unknown_variable' }],
    ['an empty text', { ...SMS, text: ' ' }, { key: 'text_missing', text: 'text' }],
    [
      'a button without a label',
      {
        ...POPUP,
        blocks: [{ id: 'b', type: 'button', label: '', style: 'primary', action: { kind: 'close' } }],
      },
      { key: 'text_missing', text: 'b.label' },
    ],
    ['a locale that is none', { ...SMS, locale: 'english' }, { key: 'locale_invalid' }],
    ['a locale spelled otherwise', { ...SMS, locale: 'en-gb' }, { key: 'locale_invalid' }],
    ['a link that is none', withLink('www.casino.example'), { key: 'link_invalid', text: 'url' }],
    ['a link that runs', withLink('javascript:alert(1)'), { key: 'link_invalid', text: 'url' }],
    [
      'a link not encrypted',
      withLink('http://casino.example'),
      { key: 'link_not_https', severity: 'warning' },
    ],
    ['the same with a value', withLink('http://casino.example/{{ event.x }}'), { key: 'link_not_https' }],
    [
      'a countdown to nothing',
      { ...POPUP, blocks: [{ id: 'c', type: 'countdown', until: 'tomorrow', label: '', endedLabel: 'x' }] },
      { key: 'not_an_instant', text: 'c.until' },
    ],
    [
      'two blocks of one id',
      { ...POPUP, blocks: [...POPUP.blocks, ...POPUP.blocks] },
      { key: 'block_id_twice', text: 'title' },
    ],
    [
      'an email that tries a code',
      {
        ...EMAIL,
        blocks: [
          {
            id: 'b',
            type: 'button',
            label: 'x',
            style: 'primary',
            action: { kind: 'apply_code', code: 'x' },
          },
        ],
      },
      { key: 'action_not_for_channel', text: 'b' },
    ],
    ['a popup nobody can close', { ...POPUP, dismissible: false, blocks: [] }, { key: 'cannot_be_closed' }],
    [
      'an action without its code',
      { ...POPUP, blocks: [{ id: 't', type: 'text', text: 'x' }] },
      { key: 'when_shown_without_code' },
    ],
    [
      'grey on white',
      { ...POPUP, theme: { ...POPUP.theme, light: { ...POPUP.theme.light, text: '#999999' } } },
      { key: 'contrast_low', text: 'theme.light.text' },
    ],
    [
      'white on yellow',
      { ...EMAIL, colours: { ...EMAIL.colours, accent: '#ffee00' } },
      { key: 'contrast_low', text: 'colours.onAccent' },
    ],
    ['two SMS', { ...SMS, text: 'a'.repeat(161) }, { key: 'long', message: 'It takes at least 2 SMS.' }],
    [
      'an emoji that makes two',
      { ...SMS, text: `${'a'.repeat(80)}🎰` },
      { key: 'long', message: expect.stringContaining('emoji') },
    ],
    ['eleven SMS', { ...SMS, text: 'a'.repeat(1_531) }, { key: 'too_long' }],
    ['a long title', { ...PUSH, title: 'a'.repeat(51) }, { key: 'long', text: 'title' }],
    ['a long body', { ...PUSH, body: 'a'.repeat(151) }, { key: 'long', text: 'body' }],
    ['a long subject', { ...EMAIL, subject: 'a'.repeat(79) }, { key: 'long', text: 'subject' }],
    ['more than Telegram takes', { ...TELEGRAM, text: 'a'.repeat(4_097) }, { key: 'too_long', text: 'text' }],
  ])('%s', (_, document, expected) => {
    const found = lintDocument(document, KNOWN);
    expect(found).toContainEqual(expect.objectContaining(expected));
    for (const { key, severity } of found) expect(severity).toBe(FINDINGS[key]);
  });
});

describe('fields of the event', () => {
  const document = withText(
    '{{ event.code }} {{ event["co" ] }} {{ event[label.promo_code] }} {{ events.n1.any.thing }}',
  );
  const keys = (event?: readonly string[]) =>
    lintDocument(document, { ...KNOWN, event: event && new Set(event) })
      .filter(({ severity }) => severity === 'error')
      .map(({ key, column }) => [key, column]);

  it('may be any while nobody knows which event it will be', () => {
    expect(keys()).toEqual([]);
  });

  it('are looked up once it is known', () => {
    expect(keys(['code'])).toEqual([['unknown_event_field', 21]]);
  });
});

describe('translations', () => {
  const findings = (translations: PopupDocument['translations']) =>
    lintDocument({ ...POPUP, translations }, KNOWN)
      .filter(({ locale }) => locale !== undefined)
      .map(({ key, locale, text }) => [key, locale, text]);
  const { de = {} } = POPUP.translations;

  it('that are whole are fine', () => {
    expect(findings({ de })).toEqual([]);
  });

  test.each<[string, PopupDocument['translations'], unknown[]]>([
    [
      'of a text that went',
      { de: { ...de, 'gone.text': 'x' } },
      ['translation_unreachable', 'de', 'gone.text'],
    ],
    ['of no locale', { german: de }, ['translation_unreachable', 'german', undefined]],
    ['of a locale spelled otherwise', { 'DE-at': de }, ['translation_unreachable', 'DE-at', undefined]],
    ['of the language it is in', { en: de }, ['translation_unreachable', 'en', undefined]],
    [
      'that lack a text',
      { de: { ...de, 'close.label': undefined } as never },
      ['translation_incomplete', 'de', 'close.label'],
    ],
    ['that are no template', { de: { ...de, 'close.label': '{{' } }, ['syntax', 'de', 'close.label']],
    [
      'that ask for what is not there',
      { de: { ...de, 'close.label': '{{ label.x }}' } },
      ['unknown_label', 'de', 'close.label'],
    ],
  ])('%s', (_, translations, expected) => {
    expect(findings(translations)).toEqual([expected]);
  });

  it('of a region have what their language has', () => {
    expect(findings({ de, 'de-AT': { 'title.text': 'Servus' } })).toEqual([]);
    expect(findings({ 'de-AT': { ...de } })).toEqual([]);
  });
});
