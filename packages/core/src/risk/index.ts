export { canonicalEmail } from './email.ts';
