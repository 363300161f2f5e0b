import { expect, test } from 'vitest';
import { html } from './html.ts';

test('what is put in is text, wherever it stands', () => {
  const name = `<img src=x onerror="alert('1')">&amp;`;
  expect(html`<p title="${name}">${name}</p>`.html).toBe(
    '<p title="&lt;img src=x onerror=&quot;alert(&#39;1&#39;)&quot;&gt;&amp;amp;">&lt;img src=x onerror=&quot;alert(&#39;1&#39;)&quot;&gt;&amp;amp;</p>',
  );
});

test('html is put in as it is, lists one by one, and nothing is nothing', () => {
  const items = ['a', 'b'].map((item) => html`<li>${item}</li>`);
  expect(html`<ul>${items}</ul>${false}${null}${undefined}${0}`.html).toBe('<ul><li>a</li><li>b</li></ul>0');
});

test('an object that looks like html but came from elsewhere is not mistaken in JSON', () => {
  const parsed: string = JSON.stringify({ html: '<script>' });
  expect(html`${parsed}`.html).toBe('{&quot;html&quot;:&quot;&lt;script&gt;&quot;}');
});
