import { ok, type Result, refuse } from '@promosmith/core';
import { type Reader, renderTemplate, scopeOf, variablesOf } from '@promosmith/core/content';
import type { WebhookNode } from '@promosmith/core/journey';
import type { Request } from '../../../../platform/outbound/attempt.ts';
import { checkUrl } from '../../../../platform/outbound/url.ts';
import { formatFor } from '../reader.ts';
import type { Marks } from './marks.ts';

/** A request as it is sent, and as people may see it. */
export interface Call {
  readonly sent: Request;
  readonly shown: Request;
}

/** Templates of a webhook, all that may name secrets. */
const templatesOf = ({ url, headers, body }: WebhookNode): readonly string[] => [
  url,
  ...headers.map(({ value }) => value),
  ...(body === null ? [] : [body]),
];

/** The secrets that a webhook names, each once. */
export const secretsIn = (node: WebhookNode): readonly string[] => [
  ...new Set(
    templatesOf(node)
      .flatMap(variablesOf)
      .flatMap(({ path: [root, name] }) => (root === 'secret' && name !== undefined ? [name] : [])),
  ),
];

/** Headers that are the protocol's, or say who sends and what for: a journey may not write them. */
const OURS = new Set([
  ...[
    'host',
    'content-length',
    'transfer-encoding',
    'connection',
    'keep-alive',
    'te',
    'trailer',
    'upgrade',
    'expect',
  ],
  ...['webhook-id', 'webhook-timestamp', 'webhook-signature', 'idempotency-key'],
]);

export const isReservedHeader = (name: string): boolean =>
  OURS.has(name.toLowerCase()) || name.toLowerCase().startsWith('proxy-');

/**
 * Writes a webhook's request for a player. Every value is escaped for where it stands: in the URL, on the line of a
 * header, in the JSON body. Refusals: `template_invalid`, `url_not_allowed`.
 * @param allowPrivate the operator's setting, as for `checkUrl`.
 */
export function writeCall(
  { method, url, headers, body }: WebhookNode,
  reader: Reader,
  marks: Marks,
  allowPrivate: boolean,
): Result<Call> {
  const scope = scopeOf({ ...reader.scope, secret: marks.scope });
  const format = formatFor(reader);
  const write = (template: string, context: 'url' | 'line' | 'json', field: string): Result<string> => {
    const rendering = renderTemplate(template, context, scope, format);
    return rendering.ok
      ? ok(rendering.text)
      : refuse('template_invalid', `${field}: ${rendering.problem.message}`);
  };
  const address = write(url, 'url', 'url');
  if (!address.ok) return address;
  const content = body === null || body.trim() === '' ? ok(null) : write(body, 'json', 'body');
  if (!content.ok) return content;
  const written: Record<string, string> = {};
  for (const { name, value } of headers) {
    if (isReservedHeader(name)) continue;
    const line = write(value, 'line', name);
    if (!line.ok) return line;
    written[name.toLowerCase()] = line.value;
  }
  const target = checkUrl(marks.reveal(address.value, encodeURIComponent), allowPrivate);
  if (!target.ok) return target;
  const request = (reveal: Marks['reveal'], href: string): Request => ({
    method,
    url: href,
    headers: Object.fromEntries(
      Object.entries(written).map(([name, value]) => [name, reveal(value, (secret) => secret)]),
    ),
    body: content.value === null ? null : reveal(content.value, insideJson),
  });
  return ok({
    sent: request(marks.reveal, target.value),
    shown: request(marks.hide, marks.hide(address.value)),
  });
}

const insideJson = (text: string): string => JSON.stringify(text).slice(1, -1);
