import type { FieldError } from '@promosmith/core';
import type { z } from 'zod';

export const dotted = (path: readonly PropertyKey[]): string => path.map(String).join('.');

/**
 * What a schema found wrong, field by field. A field that should not be there is named itself, not what it is in.
 * @param nameOf the field at a path.
 */
export const fieldErrors = (error: z.ZodError, nameOf: typeof dotted = dotted): FieldError[] =>
  error.issues.flatMap((issue) =>
    issue.code === 'unrecognized_keys'
      ? issue.keys.map((key) => ({
          field: nameOf([...issue.path, key]),
          reason: 'is not a field here',
          fix: 'check its spelling, or leave it out',
        }))
      : [{ field: nameOf(issue.path), reason: reasonOf(issue) }],
  );

/** Of a name that may not be one, what its schema says of it. */
const reasonOf = (issue: z.core.$ZodIssue): string =>
  (issue.code === 'invalid_key' && issue.issues[0]?.message) || issue.message;
