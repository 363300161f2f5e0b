/** The terms of a campaign in words: what they say, and what changes between two versions. */

export { CampaignRequest } from './campaign-request.tsx';
export { type Change, changesBetween, type Leaf, leavesOf } from './leaves.ts';
export { Duration, Shown, Times, useTermName } from './shown.tsx';
export { TermsDiff } from './terms-diff.tsx';
export { TermsSheet } from './terms-sheet.tsx';
export { Warnings } from './warnings.tsx';
