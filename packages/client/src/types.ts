import type { Route, RouteCall, RouteOutput } from '@promosmith/contract';
import type { Routes } from '@promosmith/contract/routes';

/** A part of a call: left out when the route has none, optional when nothing in it is required. */
type Part<Name extends string, Sent> = [Sent] extends [undefined]
  ? { [K in Name]?: never }
  : Partial<Sent> extends Sent
    ? { [K in Name]?: Sent }
    : { [K in Name]: Sent };

type Body<R extends Route> = R extends { streamBody: object } | { rawBody: object }
  ? { body: NonNullable<RequestInit['body']> }
  : Part<'body', RouteCall<R>['body']>;

export interface CallOptions {
  /** Gives up, retries included. */
  signal?: AbortSignal;
}

/** What a call of a route takes. */
export type CallOf<R extends Route> = Part<'params', RouteCall<R>['params']> &
  Part<'query', RouteCall<R>['query']> &
  Part<'headers', RouteCall<R>['headers']> &
  Body<R> &
  CallOptions;

type Shapes<R extends Route> = R['success'][keyof R['success']];

/** What a call of a route answers: its body, nothing, or a stream where the answer is a file. */
export type AnswerOf<R extends Route> =
  Shapes<R> extends string ? ReadableStream<Uint8Array> : RouteOutput<R>;

type Method<R extends Route> =
  Record<string, never> extends CallOf<R>
    ? (call?: CallOf<R>) => Promise<AnswerOf<R>>
    : (call: CallOf<R>) => Promise<AnswerOf<R>>;

/** One method per route of the API, named by its id. */
export type Client = { readonly [Id in keyof Routes]: Method<Routes[Id]> };
