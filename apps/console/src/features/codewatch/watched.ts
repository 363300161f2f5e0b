import type { Answer } from '../../api/index.ts';

export type WatchedCode = Answer<'listWatchedCodes'>['items'][number];
export type WatchedDetail = Answer<'getWatchedCode'>;
export type Settings = Answer<'getCodeWatchSettings'>;

export const FREEZINGS = ['never', 'leak', 'burst', 'both'] as const satisfies readonly Settings['freeze'][];
