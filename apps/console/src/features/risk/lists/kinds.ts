import type { RowOf } from '../../../api/index.ts';

type Entry = RowOf<'listRiskLists'>;

export const LISTS = ['blocked', 'allowed'] as const satisfies readonly Entry['list'][];

export const KINDS = [
  'player',
  'device',
  'address',
  'email',
  'phone',
  'payment',
] as const satisfies readonly Entry['kind'][];
