import type { Permission, Route } from '@promosmith/contract';
import type { TestApp } from '../../apps/server/src/testing/test-app.ts';

/** JSON Schema 2020-12 as the API's document uses it, references resolved. */
export interface Schema {
  type?: string | string[];
  const?: unknown;
  enum?: unknown[];
  anyOf?: Schema[];
  oneOf?: Schema[];
  properties?: Record<string, Schema>;
  required?: string[];
  additionalProperties?: boolean | Schema;
  propertyNames?: Schema;
  items?: Schema;
  minItems?: number;
  maxItems?: number;
  minLength?: number;
  maxLength?: number;
  minimum?: number;
  maximum?: number;
  pattern?: string;
  format?: string;
  default?: unknown;
}

export interface Parameter {
  name: string;
  in: 'path' | 'query' | 'header';
  required?: boolean;
  schema: Schema;
}

/** One operation of the API, as `/openapi.json` tells it. */
export interface Operation {
  id: string;
  method: Route['method'];
  /** With `{param}` segments. */
  path: string;
  /** Absent from open operations. */
  permission: Permission | undefined;
  /** Names of the security schemes that are let in. */
  admits: readonly string[];
  parameters: readonly Parameter[];
  /** Content type and schema of the body, if it takes one. */
  body: { contentType: string; schema: Schema } | undefined;
  /** The contract's declaration of the same operation. */
  route: Route;
}

interface Document {
  paths: Record<string, Record<string, DocumentedOperation>>;
  components: { schemas: Record<string, unknown> };
}

interface DocumentedOperation {
  operationId: string;
  security: Record<string, unknown>[];
  'x-permission'?: Permission;
  parameters?: Parameter[];
  requestBody?: { content: Record<string, { schema: Schema }> };
}

/** Every operation of the document the server gives out. */
export async function readOperations(app: TestApp): Promise<Operation[]> {
  const { body } = await app.request('GET', '/openapi.json', { key: null });
  const document = body as Document;
  const routes = new Map(app.routes.map((route) => [route.id, route]));
  return Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, documented]): Operation => {
      const route = routes.get(documented.operationId);
      if (!route) throw new Error(`${documented.operationId} is documented but not mounted`);
      const operation = resolveReferences(documented, document);
      const [content] = Object.entries(operation.requestBody?.content ?? {});
      return {
        id: operation.operationId,
        method: method.toUpperCase() as Route['method'],
        path,
        permission: operation['x-permission'],
        admits: operation.security.flatMap((requirement) => Object.keys(requirement)),
        parameters: operation.parameters ?? [],
        body: content && { contentType: content[0], schema: content[1].schema },
        route,
      };
    }),
  );
}

const REFERENCE = '#/components/schemas/';

/** Puts schemas in the place of references to them. @throws on a schema that holds itself. */
function resolveReferences<T>(part: T, { components }: Document): T {
  const resolve = (value: unknown, within: readonly string[]): unknown => {
    if (Array.isArray(value)) return value.map((item) => resolve(item, within));
    if (typeof value !== 'object' || value === null) return value;
    if ('$ref' in value && typeof value.$ref === 'string' && value.$ref.startsWith(REFERENCE)) {
      const name = value.$ref.slice(REFERENCE.length);
      if (within.includes(name)) throw new Error(`the schema ${name} holds itself`);
      return resolve(components.schemas[name], [...within, name]);
    }
    return Object.fromEntries(Object.entries(value).map(([key, inside]) => [key, resolve(inside, within)]));
  };
  return resolve(part, []) as T;
}

/** The path with its parameters filled in, percent-encoded. */
export const fillPath = (path: string, values: Readonly<Record<string, string>>): string =>
  path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(values[name] ?? ''));

export const pathNames = ({ parameters }: Operation): string[] =>
  parameters.filter(({ in: where }) => where === 'path').map(({ name }) => name);
