export { BRAND, homeOf, INVITATION } from './brand.ts';
export {
  type List,
  type ListId,
  type ReadOptions,
  type RowOf,
  useAct,
  useEach,
  useList,
  useRead,
  useReads,
} from './hooks.ts';
export { hasKey, NoAnswerError, ProblemError } from './problem.ts';
export { type Answer, type Call, download, type RouteId, send } from './send.ts';
