/** What editors of larger things share: steps that can be undone, and a question before they are lost. */

export * as History from './history.ts';
export { LeaveGuard } from './leave-guard.tsx';
