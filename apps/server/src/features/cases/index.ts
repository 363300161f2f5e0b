export { type NewCase, type OpenedCase, openCases } from './opening.ts';
export { type CaseFilter, findCases, queueKeyOf } from './queue.ts';
export {
  type CaseEffect,
  type CaseRecord,
  caseView,
  closeCase,
  endApproval,
  findCase,
  findEarlier,
  findNotes,
  findReview,
  findReviewsOf,
  findUnsettled,
  insertNote,
  setAssignee,
  settleCase,
  type Verdict,
  waitForApproval,
} from './store.ts';
export { readPrecision, readQueue } from './views.ts';
