import type { RowOf } from '../../api/index.ts';

export type Entry = RowOf<'listAuditEntries'>;
