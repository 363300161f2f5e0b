import type { Answer } from '../../api/index.ts';

export type Case = Answer<'listCases'>['items'][number];
export type CaseDetail = Answer<'getCase'>;

export const KINDS = [
  'activation_held',
  'player_reassessed',
  'code_burst',
  'code_leak',
  'review_requested',
] as const satisfies readonly Case['kind'][];
