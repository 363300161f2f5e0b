import { describe, expect, it, test } from 'vitest';
import type { Json } from '../template/scope.ts';
import { render } from '../testing/index.ts';
import { linkFault } from './index.ts';

describe('JSON', () => {
  test.each<[string, Json, unknown]>([
    ['{{ event.v }}', [1, 'a', null, { b: true }], [1, 'a', null, { b: true }]],
    ['{"v":{{ event.v }}}', { 'a"b': '</script>' }, { v: { 'a"b': '</script>' } }],
    ['{"v":{{ event.v }},"w":"{{ event.v }}"}', 12.5, { v: 12.5, w: '12.5' }],
    ['{"v":{{ event.w | default: nil }}}', 1, { v: null }],
    ['{"a\\"b{{ event.v }}":"{{ event.v }}"}', 'x', { 'a"bx': 'x' }],
    [
      '[{% for x in event.v %}{{ x }}{% unless forloop.last %},{% endunless %}{% endfor %}]',
      ['a"', 2],
      ['a"', 2],
    ],
    ['{ \n    "code" : "{{event.v}}"\n}', 'AB"12', { code: 'AB"12' }],
  ])('%s of %o', (source, v, expected) => {
    expect(JSON.parse(String(render(source, { as: 'json', event: { v } })))).toEqual(expected);
  });

  test.each<[string, Json, object]>([
    ['{"v":{{ event.v }}{{ event.v }}}', 'a', { key: 'json_invalid' }],
    ['{"v":"{{ event.v }}}', 'a', { key: 'json_invalid' }],
    ['{v:{{ event.v }}}', 1, { key: 'json_invalid' }],
    ['{"v":"\\{{ event.v }}"}', 'n', { key: 'json_invalid', line: 1, column: 8 }],
    ['{"v":"{{ event.v }}"}', { a: 1 }, { key: 'not_text' }],
    ['{"v":{{ event.v | divided_by: 0.0 }}}', 1, { key: 'not_text' }],
    ['', 1, { key: 'json_invalid' }],
  ])('%s of %o is a problem', (source, v, expected) => {
    expect(render(source, { as: 'json', event: { v } })).toMatchObject(expected);
  });
});

describe('links', () => {
  test.each([
    'https://a.example',
    'HTTPS://A.example/b?c=d#e',
    'http://a.example:8080/',
    'mailto:help@casino.example?subject=Hi',
    'tel:+35621000000',
    '/cashier',
    '/',
    '/a/...b/c.d',
  ])('%s may be followed', (url) => {
    expect(linkFault(url)).toBeUndefined();
  });

  test.each([
    '',
    'cashier',
    '#top',
    '?a=b',
    '//evil.example',
    '/\\evil.example',
    'https:/evil.example',
    'https:evil.example',
    'https://',
    'https:///evil.example',
    'https://a.example/b/../c',
    '/a/%2E%2e/b',
    'https://a b.example',
    ' https://a.example',
    'java\tscript:alert(1)',
    'javascript:alert(1)',
    'JaVaScRiPt:alert(1)',
    'data:text/html,x',
    'blob:https://a.example/x',
    'file:///etc/passwd',
    'ftp://a.example',
    'https://[::1',
    'https://a.example/\ud800',
  ])('%s may not', (url) => {
    expect(linkFault(url)).toBeTypeOf('string');
  });

  it('may begin with a value, and go on from there', () => {
    const event = { base: 'https://casino.example/en', code: 'A/B' };
    expect(render('{{ event.base }}/bonus?code={{ event.code }}', { as: 'url', event })).toBe(
      'https://casino.example/en/bonus?code=A%2FB',
    );
    expect(
      render('{{ event.base }}{{ event.code }}', {
        as: 'url',
        event: { ...event, base: 'https://casino.example' },
      }),
    ).toMatchObject({
      key: 'url_invalid',
    });
  });
});

describe('markup', () => {
  test.each([
    ['<script>var a = "{{ event.v }}"</script>'],
    ['<SCRIPT src="x">{{ event.v }}</SCRIPT>'],
    ['<style>a { color: {{ event.v }} }</style>'],
    ['<a href="{{ event.v }}">x</a>'],
    ['<a href="/x?a={{ event.v }}">x</a>'],
    ['<svg xlink:href="{{ event.v }}">'],
    ['<p onclick="go(\'{{ event.v }}\')">x</p>'],
    ['<p style="color:{{ event.v }}">x</p>'],
    ['<p title={{ event.v }}>x</p>'],
    ['<p {{ event.v }}>x</p>'],
    ['<{{ event.v }}>'],
    ['<p title="a" {{ event.v }}>x</p>'],
    ['<!-- {{ event.v }} -->'],
    ['<iframe srcdoc="{{ event.v }}"></iframe>'],
    ['<script>x</script><p title="a>b"><script>{{ event.v }}</script>'],
  ])('%s has a value where escaping does not help', (source) => {
    expect(render(source, { as: 'html', event: { v: 'x' } })).toMatchObject({ key: 'markup_place' });
  });

  test.each([
    ['<!-- a --><p>{{ event.v }}</p>', '<!-- a --><p>x</p>'],
    ['<script>a < "</p>"</script><b>{{ event.v }}</b>', '<script>a < "</p>"</script><b>x</b>'],
    ['<p title="a>b" data-x = "{{ event.v }}">y</p>', '<p title="a>b" data-x = "x">y</p>'],
    [
      '<?xml version="1.0"?><a:b c=\'{{ event.v }}\'>{{ event.v }}</a:b>',
      '<?xml version="1.0"?><a:b c=\'x\'>x</a:b>',
    ],
  ])('%s takes it', (source, expected) => {
    expect(render(source, { as: 'html', event: { v: 'x' } })).toBe(expected);
  });
});
