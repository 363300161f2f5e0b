import type { RowOf } from '../../../api/index.ts';

export type StaffRow = RowOf<'listStaff'>;
