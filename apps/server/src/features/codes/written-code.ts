import { type Result, refuse } from '@promosmith/core';
import { type NormalisedCode, normaliseCode } from '@promosmith/core/codes';

/** The code that staff wrote into the field `code` of a body. */
export function writtenCode(text: string): Result<NormalisedCode> {
  const normalised = normaliseCode(text);
  if (normalised.ok) return normalised;
  const { key, message } = normalised.refusal;
  return refuse(key, `code: ${message}`, [{ field: 'code', reason: message }]);
}
