export { insertPostings, type NewPosting } from './store.ts';
