/** What editors of larger things share: steps that can be undone, two people's changes in one, and nothing lost. */

export { ConflictDialog } from './conflict-dialog.tsx';
export { DifferenceList } from './difference-list.tsx';
export * as History from './history.ts';
export { LeaveGuard } from './leave-guard.tsx';
export { differences, isEqual, type Merged, merge } from './merge.ts';
export { SaveBar } from './save-bar.tsx';
export { type Conflict, type Editable, type Stored, useEditable } from './use-editable.ts';
export { Versions } from './versions.tsx';
