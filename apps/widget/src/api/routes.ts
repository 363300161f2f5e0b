import type { Route, RouteCall, RouteOutput } from '@promosmith/contract';
import type { Routes } from '@promosmith/contract/routes';

/** The routes of the contract by method and path. Only types: none of the contract's code is in the widget. */
type ByName = {
  [Id in keyof Routes as `${Routes[Id]['method']} ${Routes[Id]['path']}`]: Routes[Id];
};

/** Such as `GET /v1/me/messages`. */
export type RouteName = keyof ByName;

type Sent<Name extends string, Value> = [Value] extends [undefined]
  ? { [K in Name]?: undefined }
  : Partial<Value> extends Value
    ? { [K in Name]?: Value }
    : { [K in Name]: Value };

/** What a request of a route takes. */
export type CallOf<Name extends RouteName> = Sent<'params', RouteCall<ByName[Name]>['params']> &
  Sent<'query', RouteCall<ByName[Name]>['query']> &
  Sent<'headers', RouteCall<ByName[Name]>['headers']> &
  Sent<'body', RouteCall<ByName[Name]>['body']> & {
    signal?: AbortSignal;
    /** It is finished even when the page is left meanwhile. */
    keepalive?: boolean;
  };

export type AnswerOf<Name extends RouteName> = ByName[Name] extends infer R extends Route
  ? RouteOutput<R>
  : never;
