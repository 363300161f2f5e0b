import type { FieldError } from '@promosmith/core';
import type { z } from 'zod';

export const dotted = (path: readonly PropertyKey[]): string => path.map(String).join('.');

/**
 * What a schema found wrong, field by field. A field that should not be there is named itself, not what it is in.
 * @param nameOf the field at a path.
 */
export const fieldErrors = (error: z.ZodError, nameOf: typeof dotted = dotted): FieldError[] =>
  error.issues.flatMap((issue) => errorsOf(issue, issue.path, nameOf));

function errorsOf(
  issue: z.core.$ZodIssue,
  path: readonly PropertyKey[],
  nameOf: typeof dotted,
): readonly FieldError[] {
  if (issue.code === 'unrecognized_keys')
    return issue.keys.map((key) => ({
      field: nameOf([...path, key]),
      reason: 'is not a field here',
      fix: 'check its spelling, or leave it out',
    }));
  const meant = issue.code === 'invalid_union' ? closestOf(issue) : undefined;
  return (
    meant?.flatMap((inner) => errorsOf(inner, [...path, ...inner.path], nameOf)) ?? [
      { field: nameOf(path), reason: reasonOf(issue) },
    ]
  );
}

/** Of the objects a thing may be, what the one lacks that it is closest to. Other alternatives are told by their own name. */
const closestOf = ({ errors }: z.core.$ZodIssueInvalidUnion): readonly z.core.$ZodIssue[] | undefined =>
  errors
    .filter((issues) => issues.every(({ code, path }) => path.length > 0 || code === 'unrecognized_keys'))
    .toSorted((one, other) => one.length - other.length)[0];

/** Of a name that may not be one, what its schema says of it; of an empty list or text that it is missing, as it is for people. */
function reasonOf(issue: z.core.$ZodIssue): string {
  if (isEmpty(issue)) return 'is missing';
  return (issue.code === 'invalid_key' && issue.issues[0]?.message) || issue.message;
}

const isEmpty = (issue: z.core.$ZodIssue): boolean =>
  issue.code === 'too_small' &&
  (issue.origin === 'string' || issue.origin === 'array') &&
  issue.minimum === 1 &&
  issue.exact !== true &&
  issue.message.startsWith('Too small');
