export { readInstant } from './filters.ts';
export type { Format } from './format.ts';
export { dateFormat, kept } from './intl.ts';
