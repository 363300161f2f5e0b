import { describe, expect, it, test } from 'vitest';
import { READY_MADE, withDefaults } from '../ready-made/index.ts';
import { reader } from '../testing/index.ts';
import type { ContentDocument, EmailDocument, PopupDocument } from './documents.ts';
import { labelsOf } from './labels.ts';
import { type Reader, renderDocument } from './render.ts';
import type { Rendered } from './rendered.ts';

function made(id: string): ContentDocument {
  const template = READY_MADE.find((one) => one.id === id);
  if (!template) throw new Error(`there is no ${id}`);
  return template.document(withDefaults(template, {}));
}
const POPUP = made('promo-code-with-label-tag') as PopupDocument;
const EMAIL = made('email-promo-code') as EmailDocument;

function rendered<C extends Rendered['channel']>(
  document: ContentDocument & { channel: C },
  change: Partial<Reader> = {},
) {
  const rendering = renderDocument(document, reader(change));
  if (!rendering.ok) throw new Error(JSON.stringify(rendering.problems));
  return rendering.rendered as Extract<Rendered, { channel: C }>;
}
const problems = (document: ContentDocument, change: Partial<Reader> = {}) => {
  const rendering = renderDocument(document, reader(change));
  return rendering.ok ? [] : rendering.problems;
};

describe('a popup', () => {
  it('comes out as blocks of plain text for the browser to draw, with what its impression raises', () => {
    expect(rendered(POPUP)).toEqual({
      channel: 'popup',
      locale: 'en',
      direction: 'ltr',
      dismissible: true,
      expiresAfterMs: 604_800_000,
      theme: POPUP.theme,
      whenShown: { action: 'CODE_IS_SHOWN', data: { code: 'AB12CD' } },
      blocks: [
        { id: 'title', type: 'heading', text: 'A code just for you' },
        { id: 'offer', type: 'text', text: 'Enter it with your next deposit and your bonus is on its way.' },
        { id: 'code', type: 'code', value: 'AB12CD', copyLabel: 'Copy code', copiedLabel: 'Copied' },
        { id: 'close', type: 'button', label: 'Got it', style: 'primary', action: { kind: 'close' } },
      ],
    });
  });

  it('keeps markup in values and in its own texts as text', () => {
    const document: PopupDocument = {
      ...POPUP,
      blocks: [{ id: 't', type: 'text', text: '<b>{{ label.promo_code }}</b>' }],
    };
    const { blocks } = rendered(document, { scope: { label: { promo_code: '<script>' } } });
    expect(blocks).toEqual([{ id: 't', type: 'text', text: '<b><script></b>' }]);
  });

  it('counts down to an instant, and to nothing else', () => {
    const clock = { id: 'c', type: 'countdown', label: '', endedLabel: 'Over' } as const;
    const until = (text: string): PopupDocument => ({ ...POPUP, blocks: [{ ...clock, until: text }] });
    expect(rendered(until('2026-03-01T12:00:00+02:00')).blocks).toMatchObject([
      { until: '2026-03-01T10:00:00.000Z' },
    ]);
    expect(problems(until('tomorrow'))).toMatchObject([{ key: 'not_an_instant', text: 'c.until' }]);
  });

  it('has its links checked, in images and buttons', () => {
    const document: PopupDocument = {
      ...POPUP,
      blocks: [
        { id: 'i', type: 'image', url: '{{ event.picture }}', alt: '' },
        {
          id: 'b',
          type: 'button',
          label: 'x',
          style: 'primary',
          action: { kind: 'open_url', url: '{{ event.link }}' },
        },
      ],
    };
    const event = { picture: 'data:image/svg+xml,<svg onload=alert(1)>', link: 'javascript:alert(1)' };
    expect(problems(document, { scope: { event } })).toMatchObject([
      { key: 'url_invalid', text: 'i.url' },
      { key: 'url_invalid', text: 'b.url' },
    ]);
  });

  it('names every value that is missing, and is not rendered', () => {
    expect(problems(POPUP, { scope: {} })).toEqual([
      expect.objectContaining({
        key: 'missing_value',
        name: 'label.promo_code',
        text: 'code.value',
        line: 1,
        column: 4,
      }),
    ]);
  });
});

describe('languages', () => {
  const title = (locale: string | null, document = POPUP) => {
    const { blocks, locale: used, direction } = rendered(document, { locale });
    return [blocks[0]?.type === 'heading' ? blocks[0].text : '', used, direction];
  };

  test.each([
    ['de', 'Ein Code nur für dich', 'de', 'ltr'],
    ['de-AT', 'Ein Code nur für dich', 'de', 'ltr'],
    ['ar', 'رمز خاص بك وحدك', 'ar', 'rtl'],
    ['ar-EG', 'رمز خاص بك وحدك', 'ar', 'rtl'],
    ['en-GB', 'A code just for you', 'en', 'ltr'],
    ['fr', 'A code just for you', 'en', 'ltr'],
    ['xx-not-a-locale!', 'A code just for you', 'en', 'ltr'],
    [null, 'A code just for you', 'en', 'ltr'],
  ])('%s gets %s', (locale, ...expected) => {
    expect(title(locale)).toEqual(expected);
  });

  it('fall back text by text, from the region to the language to the document', () => {
    const translations = {
      ...POPUP.translations,
      'de-CH': { 'title.text': 'Grüezi' },
      de: { 'close.label': 'Zu' },
    };
    const { blocks } = rendered({ ...POPUP, translations }, { locale: 'de-CH' });
    expect(blocks).toMatchObject(
      [{ text: 'Grüezi' }, { text: /^Enter it/ }, {}, { label: 'Zu' }].map((one) =>
        'text' in one && one.text instanceof RegExp ? { text: expect.stringMatching(one.text) } : one,
      ),
    );
  });

  it('may be missing from a draft', () => {
    for (const locale of ['', 'plain text', 'english', '\u{1f3b0}'])
      expect(title('de', { ...POPUP, locale, translations: {} })).toEqual([
        'A code just for you',
        'und',
        'ltr',
      ]);
  });

  it('end at the language of the document: what is further off is not better', () => {
    const document: PopupDocument = {
      ...POPUP,
      locale: 'de-AT',
      translations: { de: { 'title.text': 'Fern' } },
    };
    expect(title('de-AT', document)[0]).toBe('A code just for you');
    expect(title('de', document)[0]).toBe('Fern');
  });

  it('decide how numbers are written: as the reader does, in a language of theirs', () => {
    const document: PopupDocument = {
      ...POPUP,
      blocks: [{ id: 't', type: 'heading', text: '{{ event.amount | number: 2 }}' }],
      translations: { de: {} },
    };
    const amount = (locale: string) => title(locale, document)[0];
    expect(
      [amount('de-CH'), amount('de'), amount('en'), amount('fr')].map((one) => one?.replace('’', "'")),
    ).toEqual(["1'250.00", '1.250,00', '1,250.00', '1,250.00']);
  });
});

describe('an email', () => {
  it('has the way to unsubscribe in both parts, whatever its author wrote', () => {
    const { html, text } = rendered(EMAIL);
    expect(html).toContain('href="https://casino.example/u?t=1&amp;x=2"');
    expect(text).toContain('Unsubscribe: https://casino.example/u?t=1&x=2');
    expect(problems(EMAIL, { scope: { ...reader().scope, message: {} } })).toMatchObject([
      { key: 'missing_value', name: 'message.unsubscribe_url', text: 'message' },
    ]);
  });

  it('is text in a text part, escaped in HTML, and one line in its subject', () => {
    const { subject, html, text } = rendered(
      { ...EMAIL, subject: 'Hi {{ event.name }}', footer: '{{ event.name }}' },
      { scope: { ...reader().scope, event: { name: '<b>\r\nBcc: all@example.com' } } },
    );
    expect(subject).toBe('Hi <b> Bcc: all@example.com');
    expect(html).toContain('&lt;b&gt;<br>Bcc: all@example.com');
    expect(html).not.toContain('<b>');
    expect(text).toContain('<b>\nBcc: all@example.com');
  });

  it('is written from right to left where its readers do', () => {
    const { html } = rendered({ ...EMAIL, translations: { ar: { subject: 'رمز' } } }, { locale: 'ar' });
    expect(html).toContain('<html lang="ar" dir="rtl">');
    expect(html).toContain('text-align:right');
  });

  it('draws every block there is, and says when instead of counting down', () => {
    const { html, text } = rendered(
      {
        ...EMAIL,
        blocks: [
          { id: 'i', type: 'image', url: 'https://cdn.example/a.png?x=1&y=2', alt: 'A "picture"' },
          { id: 'l', type: 'list', items: ['One', 'Two'] },
          { id: 'd', type: 'divider' },
          {
            id: 'c',
            type: 'countdown',
            until: '{{ message.expires_at }}',
            label: 'Until',
            endedLabel: 'Over',
          },
        ],
      },
      { locale: 'en' },
    );
    expect(html).toContain('src="https://cdn.example/a.png?x=1&amp;y=2" alt="A &quot;picture&quot;"');
    expect(html).toContain('<li>One</li><li>Two</li>');
    expect(html).toMatch(/Until <bdi><strong>Mar 8, 2026, 11:00.AM<\/strong>/);
    expect(text.replace(/\s/g, ' ')).toContain(
      '[A "picture"]  - One - Two  ---  Until Mar 8, 2026, 11:00 AM',
    );
  });
});

describe('channels', () => {
  it('of one text each', () => {
    expect(rendered(made('push-promo-code') as never)).toEqual({
      ...{ channel: 'push', locale: 'en', direction: 'ltr', icon: null, url: '/cashier' },
      ...{ title: 'A bonus code for you', body: 'Use AB12CD with your next deposit.' },
    });
    expect(rendered(made('telegram-promo-code') as never)).toMatchObject({
      button: { label: 'Go to the cashier', url: 'https://casino.example/cashier' },
    });
    expect(rendered(made('sms-promo-code') as never)).toMatchObject({
      text: 'Lucky & Sons: your bonus code is AB12CD. Use it with your next deposit. 18+',
    });
  });

  test.each<[string, ContentDocument, string]>([
    ['push', { ...made('push-promo-code'), body: 'é'.repeat(1_500) } as ContentDocument, 'body'],
    ['telegram', { ...made('telegram-promo-code'), text: '{{ event.v }}' } as ContentDocument, 'text'],
    ['sms', { ...made('sms-promo-code'), text: '{{ event.v }}' } as ContentDocument, 'text'],
  ])('%s takes only so much', (_, document, text) => {
    expect(
      problems(document, { scope: { ...reader().scope, event: { v: 'x'.repeat(5_000) } } }),
    ).toMatchObject([{ key: 'too_long', text }]);
  });
});

describe('label tags', () => {
  it('are those that the reader gets to see', () => {
    const document: PopupDocument = {
      ...POPUP,
      blocks: [
        { id: 'a', type: 'text', text: '{{ label.one }}{% if event.x %}{{ label.two | upcase }}{% endif %}' },
      ],
      translations: { de: { 'a.text': '{{ label.three }} {{ label["one"] }}' } },
    };
    expect(labelsOf(document, 'en')).toEqual(['one', 'two']);
    expect(labelsOf(document, 'de-AT')).toEqual(['one', 'three']);
  });
});
