export { type CancelledGrant, cancelGrants } from './cancel.ts';
export {
  type Activated,
  activateGrants,
  expirePending,
  loadPendingGrants,
  type PendingGrant,
} from './pending.ts';
export { insertGrants, loadOpenGrants, type NewGrant } from './store.ts';
