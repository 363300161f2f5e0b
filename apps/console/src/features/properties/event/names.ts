import type { Answer } from '../../../api/index.ts';

export type EventKind = Answer<'listEventProperties'>['items'][number];
export type Source = 'event' | 'client_action';
export const SOURCES = ['client_action', 'event'] as const satisfies readonly Source[];

/** `client_action:CODE_IS_SHOWN` is the client action `CODE_IS_SHOWN`. */
export function readKey(key: string): { readonly source: Source; readonly name: string } {
  const at = key.indexOf(':');
  return {
    source: key.slice(0, at) === 'client_action' ? 'client_action' : 'event',
    name: key.slice(at + 1),
  };
}
