import type { Route } from '@promosmith/contract';
import { type FieldError, type Result, refuse } from '@promosmith/core';
import type { FastifyRequest } from 'fastify';
import { dotted, fieldErrors } from '../field-errors.ts';

const JSON_TYPE = 'application/json';

/** What a route's handler receives, checked against the route; or a refusal that names every field at fault. */
export function parseInput(route: Route, request: FastifyRequest): Result<Record<string, unknown>> {
  const unfit = unfitBody(route, request);
  if (unfit) return unfit;
  const errors = nulsOf(request.query);
  const parse = (part: 'params' | 'query' | 'headers' | 'body', value: unknown): unknown => {
    const schema = route[part];
    if (!schema) return part === 'body' ? undefined : {};
    const parsed = schema.safeParse(value);
    if (parsed.success) return parsed.data;
    errors.push(...fieldErrors(parsed.error, (path) => fieldOf(part, path)));
    return undefined;
  };
  const value = {
    params: parse('params', request.params),
    query: parse('query', request.query),
    headers: parse('headers', request.headers),
    body: parse('body', request.body),
    stream: request.raw,
    rawBody: Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0),
  };
  if (errors.length === 0) return { ok: true, value };
  const first = errors[0];
  return refuse('invalid_request', `${first?.field || 'The request'}: ${first?.reason}`, errors);
}

/** PostgreSQL can neither store nor look for a NUL. In bodies it is refused where they are read. */
const nulsOf = (query: unknown): FieldError[] =>
  Object.entries(query ?? {})
    .filter(([, value]) => String(value).includes('\0'))
    .map(([name]) => ({ field: fieldOf('query', [name]), reason: 'has a NUL', fix: 'leave out %00' }));

/** A body of another kind than the route takes, or none where it takes one. */
function unfitBody(route: Route, request: FastifyRequest): ReturnType<typeof refuse> | undefined {
  const wanted = typesTaken(route);
  if (wanted.length === 0) return undefined;
  const sent = request.headers['content-type']?.split(';', 1)[0]?.trim().toLowerCase();
  if (sent !== undefined && !wanted.includes(sent))
    return refuse('unsupported_media_type', `Send ${wanted.join(' or ')}, not ${sent}.`);
  if (route.body && request.body === undefined && !route.body.safeParse(undefined).success)
    return refuse('malformed', 'The body is empty. Send JSON with content-type: application/json.');
  return undefined;
}

function typesTaken({ body, streamBody, rawBody }: Route): readonly string[] {
  if (rawBody) return rawBody.contentTypes;
  if (streamBody) return [streamBody.contentType];
  return body ? [JSON_TYPE] : [];
}

function fieldOf(part: string, path: readonly PropertyKey[]): string {
  const inside = dotted(path);
  return part === 'body' ? inside || 'body' : inside ? `${part}.${inside}` : part;
}
