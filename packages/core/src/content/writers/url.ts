import { Stop } from '../template/stop.ts';
import { createBuffer } from './buffer.ts';
import { textOf } from './text-of.ts';
import type { Writer } from './writer.ts';

/**
 * A link. A value at its beginning has to be a link itself; anywhere else it is one component, percent-encoded, and
 * never part of the host: where a link goes is for its author to say. What comes out is checked as a whole.
 */
export function urlWriter(): Writer {
  const buffer = createBuffer();
  return {
    literal: buffer.add,
    value(value) {
      const text = textOf(value);
      if (buffer.text.trim() === '') buffer.add(checked(text));
      else if (HOST_OPEN.test(buffer.text))
        throw new Stop('url_invalid', 'A value cannot be part of the host of a link.');
      else buffer.add(encodeURIComponent(text));
    },
    finish: () => checked(buffer.text.trim()),
  };
}

/** Up to somewhere in the host, or even before it: `https:`, `https://`, `https://shop.`. */
const HOST_OPEN = /^\s*https?:\/{0,2}[^/?#]*$/i;

function checked(url: string): string {
  const fault = linkFault(url);
  if (fault !== undefined) throw new Stop('url_invalid', fault);
  return url;
}

const SCHEMES = new Set(['http:', 'https:', 'mailto:', 'tel:']);

/** Why a text is no link that may be followed: http, https, mailto, tel, or a path of the site. */
export function linkFault(url: string): string | undefined {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: browsers leave some of them out before they read the scheme
  if (/[\u0000-\u0020\u007f-\u009f\u2028\u2029\\]/.test(url) || !url.isWellFormed())
    return 'A link has no spaces, backslashes or control characters.';
  if (url.startsWith('/')) {
    if (url.startsWith('//')) return 'A path begins with a single slash.';
  } else if (!/^[a-z]+:/i.test(url) || !SCHEMES.has(url.slice(0, url.indexOf(':') + 1).toLowerCase()))
    return 'A link begins with https:, http:, mailto:, tel:, or with / for a path of the site.';
  if (!URL.canParse(url, 'https://site.invalid')) return 'It is no link.';
  if (/^https?:(?!\/\/[^/?#])/i.test(url)) return 'A link names its host after two slashes.';
  const path = url.split(/[?#]/, 1)[0] ?? '';
  if (path.split('/').some((segment) => /^(?:\.|%2e){1,2}$/i.test(segment)))
    return 'A path has no . or .. in it.';
  return undefined;
}
