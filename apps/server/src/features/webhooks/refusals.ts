import { refuse } from '@promosmith/core';

/** Another brand's webhook is not found either. */
export const webhookNotFound = refuse('not_found', 'There is no such webhook.');
export const deliveryNotFound = refuse('not_found', 'There is no delivery of this event to this webhook.');
