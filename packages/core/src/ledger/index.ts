/** Double-entry postings. */
export { ACCOUNTS, bonusGranted, type Posting, reversed } from './postings.ts';
