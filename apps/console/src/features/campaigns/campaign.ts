import type { Answer } from '../../api/index.ts';

/** A campaign with the terms in force. */
export type Campaign = Answer<'getCampaign'>;
