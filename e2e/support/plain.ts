import { type Known, plainInstance } from './fuzz/instances.ts';
import { fillPath, type Operation, pathNames, type Schema } from './operations.ts';

export interface PlainRequest {
  method: string;
  path: string;
  body: unknown;
  headers: Record<string, string>;
}

/** The least that an operation takes, about the things it is told of. */
export function plainRequest(
  operation: Operation,
  known: Known,
  schema = operation.body?.schema,
): PlainRequest {
  const { method, path, body } = operation;
  const ids = Object.fromEntries(pathNames(operation).map((name) => [name, String(known[name]?.[0])]));
  const isJson = body?.contentType === 'application/json';
  return {
    method,
    path: fillPath(path, ids),
    body: body && schema && (isJson ? plainInstance(schema, known) : 'code\n'),
    headers: body ? { 'content-type': body.contentType } : {},
  };
}

/** Every way a body may be: bodies of several kinds have a schema for each. */
export const waysOf = (schema: Schema): Schema[] => schema.oneOf ?? schema.anyOf ?? [schema];
