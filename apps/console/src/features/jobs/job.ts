import type { RowOf } from '../../api/index.ts';

export type Job = RowOf<'listJobs'>;
