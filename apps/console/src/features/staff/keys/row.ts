import type { RowOf } from '../../../api/index.ts';

export type KeyRow = RowOf<'listKeys'>;
