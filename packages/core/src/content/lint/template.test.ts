import { describe, expect, test } from 'vitest';
import { type KnownNames, lintTemplate } from './template.ts';

const CONTENT: KnownNames = { labels: new Set(), state: new Set() };
const WEBHOOK: KnownNames = { ...CONTENT, secrets: new Set(['api_key']) };
const keysOf = (source: string, known: KnownNames) => lintTemplate(source, known).map(({ key }) => key);

describe('secrets', () => {
  test.each([
    '{{ secret.api_key }}',
    '{% if event.code %}{{ secret.api_key }}{% endif %}',
    '{% for part in secret %}{{ part }}{% endfor %}',
    '{{ secret[event.which] }}',
  ])('are not for content: %s', (source) => {
    expect(keysOf(source, CONTENT)).toContain('unknown_secret');
  });

  test('are named in webhooks, each in full', () => {
    expect(keysOf('Bearer {{ secret.api_key }}', WEBHOOK)).toEqual([]);
    expect(keysOf('{{ secret.api_kee }}', WEBHOOK)).toEqual(['unknown_secret']);
    expect(keysOf('{{ secret[event.which] }}', WEBHOOK)).toEqual(['unknown_secret']);
    expect(keysOf('{{ secret }}', WEBHOOK)).toEqual(['unknown_secret']);
  });
});
