import { refuse } from '@promosmith/core';

/** Another brand's draw is not found either. */
export const drawNotFound = refuse('not_found', 'There is no such draw.');

export const drawNotHeld = refuse('draw_not_held', 'The draw has not been held yet.');
