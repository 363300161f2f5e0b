import { Stop } from '../template/stop.ts';
import { createBuffer } from './buffer.ts';
import { seen, textOf } from './text-of.ts';
import type { Writer } from './writer.ts';

const ENTITY: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
  '`': '&#96;',
};

/** Text that HTML and XML show as it is, between tags and between the quotes of an attribute. */
export const escapeHtml = (text: string): string =>
  text.replace(/[&<>"'`]/g, (symbol) => ENTITY[symbol] ?? symbol);

/**
 * Markup that an author wrote, HTML or XML, with values as text in it. A value stands between tags, or between the
 * quotes of an attribute that is only shown: elsewhere escaping would not make it harmless, and it is refused.
 */
export function htmlWriter(): Writer {
  const buffer = createBuffer();
  const place = createPlace();
  return {
    literal(text) {
      place.follow(text);
      buffer.add(text);
    },
    value(value) {
      const fault = place.fault();
      if (fault !== undefined) throw new Stop('markup_place', fault);
      buffer.add(escapeHtml(seen(textOf(value))));
    },
    finish: () => buffer.text,
  };
}

/** Elements whose content is not text. */
const ACTIVE_ELEMENT = /^(?:script|style|iframe|noscript|template|xmp|plaintext)$/i;
const LONGEST_END = '</plaintext'.length;
/** Attributes that are run, or followed. */
const ACTIVE_ATTRIBUTE =
  /^(?:on.*|style|src|srcset|srcdoc|href|.*:href|action|formaction|data|poster|background|ping|content|cite|manifest)$/i;

/** Where in the markup its end is. */
function createPlace() {
  let tag = '';
  let quote = '';
  let inTag = false;
  let inComment = false;
  let active: string | undefined;
  let tail = '';

  /** What the end of a tag means for what comes after it. */
  function close(): void {
    inTag = false;
    const name = /^<(\/?[a-z][^\s/>]*)/i.exec(tag)?.[1] ?? '';
    if (active === undefined && ACTIVE_ELEMENT.test(name)) active = name.toLowerCase();
    else if (active !== undefined && name.toLowerCase() === `/${active}`) active = undefined;
  }

  function step(symbol: string): void {
    tail = (tail + symbol).slice(-LONGEST_END).toLowerCase();
    if (inComment) inComment = !tail.endsWith('-->');
    else if (quote !== '') {
      tag += symbol;
      if (symbol === quote) quote = '';
    } else if (inTag) {
      tag += symbol;
      if (tag === '<!--') [inComment, inTag] = [true, false];
      else if (/["']/.test(symbol)) quote = symbol;
      else if (symbol === '>') close();
    } else if (active !== undefined) {
      if (tail.endsWith(`</${active}`)) [inTag, tag] = [true, `</${active}`];
    } else if (symbol === '<') [inTag, tag] = [true, '<'];
  }

  return {
    follow(literal: string): void {
      for (const symbol of literal) step(symbol);
    },
    /** Why a value cannot stand here. */
    fault(): string | undefined {
      if (inComment) return 'A value cannot stand in a comment.';
      if (active !== undefined) return `A value cannot stand in <${active}>.`;
      if (!inTag) return undefined;
      const attribute = /\s([^\s"'<>/=]+)\s*=\s*["'][^"']*$/.exec(tag)?.[1];
      if (quote === '' || attribute === undefined)
        return 'In a tag, a value stands between the quotes of an attribute.';
      return ACTIVE_ATTRIBUTE.test(attribute)
        ? `A value cannot stand in the attribute ${attribute}.`
        : undefined;
    },
  };
}
