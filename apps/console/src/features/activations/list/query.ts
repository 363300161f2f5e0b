import type { Call } from '../../../api/index.ts';

/** What the list is asked for. The texts of an address are checked by the server: it says what is no outcome. */
export type Query = NonNullable<Call<'listActivations'>['query']>;
