import table from 'virtual:route-table';
import type { AnswerOf, CallOf } from '@promosmith/client';
import type { Routes } from '@promosmith/contract/routes';
import { shared } from '../texts/index.ts';
import { BRAND } from './brand.ts';
import { NoAnswerError, problemOf } from './problem.ts';

export type RouteId = keyof Routes;
export type Call<Id extends RouteId> = CallOf<Routes[Id]>;
export type Answer<Id extends RouteId> = AnswerOf<Routes[Id]>;

/** A call as the runtime sees it: which parts there are is checked by the types of each route. */
interface AnyCall {
  params?: Readonly<Record<string, unknown>>;
  query?: Readonly<Record<string, unknown>>;
  headers?: Readonly<Record<string, unknown>>;
  body?: unknown;
  signal?: AbortSignal;
}

const JSON_TYPE = 'application/json';

/**
 * Calls a route of the API as whoever is signed in.
 * @throws ProblemError when the server refuses, NoAnswerError when nothing came back.
 */
export async function send<Id extends RouteId>(id: Id, call: Call<Id>): Promise<Answer<Id>> {
  const response = await fetchRoute(id, call as AnyCall);
  if (response.status === 204) return undefined as Answer<Id>;
  return (await response.json()) as Answer<Id>;
}

/** The file a route answers, to be saved. */
export async function download<Id extends RouteId>(id: Id, call: Call<Id>): Promise<Blob> {
  return (await fetchRoute(id, call as AnyCall)).blob();
}

/** @throws ProblemError when the server refuses, NoAnswerError when nothing came back. */
async function fetchRoute(id: RouteId, call: AnyCall): Promise<Response> {
  const { method, path, bodyType = JSON_TYPE } = table[id];
  const headers = new Headers();
  for (const [name, value] of Object.entries(call.headers ?? {}))
    if (value !== undefined) headers.set(name, String(value));
  if (BRAND !== undefined) headers.set('promosmith-brand', BRAND);
  const init: RequestInit = { method, headers, signal: call.signal ?? null };
  if (call.body !== undefined) {
    headers.set('content-type', bodyType);
    init.body = bodyType === JSON_TYPE ? JSON.stringify(call.body) : (call.body as BodyInit);
  }
  const response = await answerOf(`${addressOf(path, call)}${searchOf(call)}`, init);
  if (!response.ok) throw await problemOf(response);
  return response;
}

async function answerOf(url: string, init: RequestInit): Promise<Response> {
  try {
    return await fetch(url, init);
  } catch (error) {
    if (init.signal?.aborted) throw error;
    throw new NoAnswerError(shared('failed.noAnswer'), { cause: error });
  }
}

const addressOf = (path: string, { params }: AnyCall): string =>
  path.replace(/:(\w+)/g, (_, name: string) => encodeURIComponent(String(params?.[name])));

function searchOf({ query }: AnyCall): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query ?? {}))
    for (const one of Array.isArray(value) ? value : [value])
      if (one !== undefined && one !== '') search.append(name, String(one));
  const text = search.toString();
  return text && `?${text}`;
}
