import { describe, expect, it, test } from 'vitest';
import { render } from '../testing/index.ts';
import type { ContextName } from './index.ts';

/** What players, browsers and platforms may put into a value. */
const HOSTILE: readonly string[] = [
  ...[
    '"',
    "'",
    '`',
    '\\',
    '\\"',
    '\\\\"',
    '"}',
    '","admin":true,"x":"',
    '/*',
    '*/',
    '//',
    '--',
    '-->',
    '<!--',
  ],
  ...['\n', '\r\n', '\t', '\0', '\u001b[31m', '\u0085', '\u2028', '\u2029', '\ufeff'],
  ...['<', '>', '&', '&lt;', '</script>', '<script>alert(1)</script>', '<img src=x onerror=alert(1)>', ']]>'],
  ...['" onmouseover="alert(1)', "' onfocus='alert(1)", 'x onload=alert(1)', '</textarea>', '<svg/onload=1>'],
  ...['{{ event.secret }}', '{% assign a = 1 %}', '{{', '}}', '{%', '%}', '{{ "a" | raw }}', '{% endraw %}'],
  ...[
    '\ud800',
    '\udc00',
    'a\ud83d',
    '\u202eevil',
    '\u2066x\u2069',
    '\u200f',
    'é',
    'é'.normalize('NFD'),
    '👩‍👩‍👧',
  ],
  ...[
    'javascript:alert(1)',
    'data:text/html,<b>',
    'vbscript:x',
    ' javascript:alert(1)',
    'java\nscript:alert(1)',
  ],
  ...[
    '//evil.example',
    '/\\evil.example',
    '\\\\evil.example',
    'https://evil.example',
    '@evil.example',
    '..',
    '../..',
  ],
  ...[
    '?a=b&c=d',
    '#top',
    '%00',
    '%2e%2e',
    '%0d%0a',
    '+',
    ' ',
    '',
    'null',
    'true',
    '0',
    '__proto__',
    'constructor',
  ],
  ...[
    'Subject\r\nBcc: all@example.com',
    'a\u2028Bcc: x',
    '$(id)',
    '`id`',
    "'; drop table players; --",
    '=1+1',
  ],
];

const cases = HOSTILE.map((value) => [JSON.stringify(value), value] as const);
const put = (source: string, as: ContextName, value: string) => render(source, { as, event: { v: value } });
const text = (result: unknown): string => {
  expect(result).toBeTypeOf('string');
  return String(result);
};

describe.each(cases)('%s', (_, value) => {
  it('in a JSON string is that string, and only that', () => {
    const body = JSON.parse(text(put('{"a":"<{{ event.v }}>","b":1}', 'json', value)));
    expect(body).toEqual({ a: `<${value.toWellFormed()}>`, b: 1 });
  });

  it('in place of a JSON value is a string', () => {
    const body = JSON.parse(text(put('{"a":{{ event.v }}}', 'json', value)));
    expect(body).toEqual({ a: value });
  });

  it('in JSON has nothing that ends a script or a line', () => {
    expect(text(put('"{{ event.v }}"', 'json', value))).not.toMatch(/[<>\u2028\u2029\n\r]/);
  });

  it('in a query is one parameter', () => {
    const url = new URL(text(put('https://a.example/b?x={{ event.v }}&y=1#z', 'url', value)));
    expect([...url.searchParams]).toEqual([
      ['x', value.toWellFormed()],
      ['y', '1'],
    ]);
    expect([url.origin, url.pathname, url.hash]).toEqual(['https://a.example', '/b', '#z']);
  });

  it('in a path is one segment, or refused', () => {
    const result = put('https://a.example/b/{{ event.v }}/c', 'url', value);
    if (typeof result !== 'string') return expect(result).toMatchObject({ key: 'url_invalid' });
    const url = new URL(result);
    expect(url.origin).toBe('https://a.example');
    expect(url.pathname.split('/').map(decodeURIComponent)).toEqual(['', 'b', value.toWellFormed(), 'c']);
  });

  it('is never part of a host', () => {
    for (const source of [
      'https://{{ event.v }}',
      'https://shop.{{ event.v }}/',
      'https:{{ event.v }}',
      'http://a.example{{ event.v }}',
    ])
      expect(put(source, 'url', value)).toMatchObject({ key: 'url_invalid' });
  });

  it('is a whole link only if it is one that may be followed', () => {
    const result = put('{{ event.v }}', 'url', value);
    if (typeof result !== 'string') return expect(result).toMatchObject({ key: 'url_invalid' });
    const { protocol, host } = new URL(result, 'https://site.example');
    expect(['http:', 'https:', 'mailto:', 'tel:']).toContain(protocol);
    if (result.startsWith('/')) expect(host).toBe('site.example');
  });

  it('in HTML is text: between tags and between quotes', () => {
    const markup = text(
      put('<p title="{{ event.v }}" alt=\'{{ event.v }}\'>{{ event.v }}</p>', 'html', value),
    );
    const [, title, alt, inner] = /^<p title="([^"<>]*)" alt='([^'<>]*)'>([^<>]*)<\/p>$/.exec(markup) ?? [];
    for (const escaped of [title, alt, inner]) {
      expect(escaped).toBeDefined();
      expect(escaped).not.toMatch(/["'`]|&(?!(?:amp|lt|gt|quot|#39|#96);)/);
    }
  });

  it('in a subject is one line', () => {
    expect(text(put('Hi {{ event.v }}!', 'line', value))).not.toMatch(/[\r\n\u0085\u2028\u2029]/);
  });

  it('in plain text stays as it is, but for what is not seen', () => {
    const result = text(put('{{ event.v }}', 'plain', value));
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must be gone
    expect(result).not.toMatch(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069]/);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what may be gone
    if (!/[\u0000-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069\ufeff]/.test(value))
      expect(result).toBe(value.toWellFormed());
  });

  it('is never read as a template', () => {
    const event = { v: value, secret: 'SECRET' };
    expect(JSON.stringify(render('{{ event.v }}', { event }))).not.toContain('SECRET');
    expect(
      JSON.stringify(render('{% capture a %}{{ event.v }}{% endcapture %}{{ a }}', { event })),
    ).not.toContain('SECRET');
  });
});

test('what was captured is escaped where it is used', () => {
  const capture = '{% capture a %}{{ event.v }}{% endcapture %}';
  expect(put(`${capture}<b>{{ a }}</b>`, 'html', '<i>')).toBe('<b>&lt;i&gt;</b>');
  expect(put(`${capture}{"a":"{{ a }}"}`, 'json', '"')).toBe('{"a":"\\""}');
  expect(put(`${capture}/x?a={{ a }}`, 'url', '&b=c')).toBe('/x?a=%26b%3Dc');
});
