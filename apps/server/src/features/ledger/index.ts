export { type Difference, reconcile } from './reconciliation/reconcile.ts';
export { insertPostings, type NewPosting } from './store.ts';
