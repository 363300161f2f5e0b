import type { z } from 'zod';
import type { Permission } from './permissions.ts';

/**
 * Who may call a route. `open`: anybody, no credential. Otherwise a staff session or secret API key holding
 * `permission`; with `player`, also the platform's player token (the player comes from the token); with
 * `publishable`, also a publishable key, whose caller is anonymous and gets neutral answers.
 */
export type Access =
  | 'open'
  | { readonly permission: Permission; readonly player?: true; readonly publishable?: true };

/**
 * One operation of the HTTP API. The server mounts it, the OpenAPI document, the typed client and the
 * role × route matrix are made from it: there is no second list.
 */
export interface Route {
  /** Unique, camelCase: the name of the client's method and the OpenAPI operationId. */
  readonly id: string;
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Path with `:param` segments, e.g. `/v1/campaigns/:campaignId`. */
  readonly path: string;
  readonly tag: string;
  readonly summary: string;
  readonly description?: string;
  readonly access: Access;
  readonly params?: z.ZodObject;
  readonly query?: z.ZodObject;
  readonly headers?: z.ZodObject;
  /** JSON body. Unknown fields are refused: use `z.strictObject`. */
  readonly body?: z.ZodType;
  /** A body that is not JSON (CSV import); it reaches the handler as a stream. */
  readonly streamBody?: { readonly contentType: string };
  /** A body whose exact bytes count, because a signature covers them: it reaches the handler as it came. */
  readonly rawBody?: { readonly contentTypes: readonly [string, ...string[]] };
  /** Success status → body schema; `null` for no body; a string is a streamed content type. */
  readonly success: Readonly<Record<number, z.ZodType | null | string>>;
  /** Problem statuses beyond those every route can answer (400, 401, 403, 422, 429, 503). */
  readonly problems?: readonly number[];
  /** Largest accepted body in bytes; default 256 KiB. */
  readonly bodyLimit?: number;
}

export const defineRoute = <const R extends Route>(route: R): R => route;

type Parsed<S, Absent> = S extends z.ZodType ? z.output<S> : Absent;
type Sent<S, Absent> = S extends z.ZodType ? z.input<S> : Absent;

/** What a handler receives, after validation. */
export interface RouteInput<R extends Route> {
  params: Parsed<R['params'], Record<string, never>>;
  query: Parsed<R['query'], Record<string, never>>;
  headers: Parsed<R['headers'], Record<string, never>>;
  body: Parsed<R['body'], undefined>;
}

/** What a caller sends. */
export interface RouteCall<R extends Route> {
  params: Sent<R['params'], undefined>;
  query: Sent<R['query'], undefined>;
  headers: Sent<R['headers'], undefined>;
  body: Sent<R['body'], undefined>;
}

/** What the route answers on success. */
export type RouteOutput<R extends Route> = {
  [S in keyof R['success']]: R['success'][S] extends z.ZodType ? z.output<R['success'][S]> : undefined;
}[keyof R['success']];
