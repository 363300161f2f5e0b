import type { Answer } from '../../api/index.ts';

/** What somebody asked for and a second person decides. */
export type Request = Answer<'getApproval'>;
