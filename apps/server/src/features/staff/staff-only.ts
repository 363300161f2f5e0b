import { refuse } from '@promosmith/core';

/** What an API key cannot do whatever its scopes, because a person is needed. */
export const ofStaffOnly = (why: string) => refuse('staff_only', `${why} Sign in instead of sending a key.`);
