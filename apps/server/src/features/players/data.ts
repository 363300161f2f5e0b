import type { PlayerData, Property } from '@promosmith/contract';
import { type FieldError, refuse } from '@promosmith/core';
import { canonicalEmail } from '@promosmith/core/risk';
import { propertyErrors } from './properties.ts';

/** What the schema cannot see: whether the e-mail is one, and whether the properties are registered. */
export const dataErrors = (data: PlayerData, registered: readonly Property[]): FieldError[] => [
  ...(data.email && canonicalEmail(data.email) === undefined
    ? [{ field: 'email', reason: 'is not an e-mail address' }]
    : []),
  ...propertyErrors(registered, data.properties ?? {}),
];

export const refuseData = (errors: readonly FieldError[]) =>
  refuse('invalid_request', `${errors[0]?.field}: ${errors[0]?.reason}`, errors);
