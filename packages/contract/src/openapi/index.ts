import { z } from 'zod';
import {
  createDocument,
  type oas31,
  type ZodOpenApiOperationObject,
  type ZodOpenApiOverride,
  type ZodOpenApiPathsObject,
  type ZodOpenApiResponsesObject,
} from 'zod-openapi';
import type { Access, Route } from '../route.ts';
import { ALL_ROUTES } from '../routes/index.ts';
import { SCHEMAS, SECURITY_SCHEMES, TAGS } from './components.ts';
import { REQUEST_EXAMPLES } from './examples.ts';
import { PROBLEM_RESPONSES, problemsOf } from './problems.ts';
import { tidySchemas } from './tidy.ts';

export type OpenApiDocument = oas31.OpenAPIObject;

const ABOUT = `Promo codes and bonuses for gaming platforms.

**Money** is a whole number of minor units (cents, fils, yen) with its currency beside it. **Shares** are basis points:
10,000 is 100 %. **Multipliers** are ×100: 3500 is 35×. **Instants** are RFC 3339, answered in UTC; **durations** are
seconds and say so in their name.

The **brand** is that of the credential: no path or body names one, and what belongs to another brand is not found.

**Lists** answer \`items\` and \`nextCursor\`; pass it back as \`cursor\` until it is null.

**Refusals** are RFC 9457 problems with a stable \`key\` for programs. Unknown fields are refused, so that typos are.`;

/**
 * The OpenAPI 3.1 document of every route in the table.
 * @param options.serverUrl where the API is reached from outside.
 */
export function openApiDocument(options: { version: string; serverUrl: string }): OpenApiDocument {
  const document = createDocument(
    {
      openapi: '3.1.1',
      info: {
        title: 'Promosmith API',
        version: options.version,
        description: ABOUT,
        license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
      },
      servers: [{ url: options.serverUrl }],
      tags: Object.entries(TAGS).map(([name, description]) => ({ name, description })),
      paths: paths(ALL_ROUTES),
      webhooks: { event: { post: webhook } },
      components: {
        schemas: SCHEMAS,
        securitySchemes: SECURITY_SCHEMES,
        responses: PROBLEM_RESPONSES,
      },
    },
    { allowEmptySchema: { unknown: true, custom: true, lazy: true }, override },
  );
  return tidySchemas(document);
}

const override: ZodOpenApiOverride = ({ zodSchema, jsonSchema, io }) => {
  const { type } = zodSchema._zod.def;
  // Zod's bounds of a whole number that JSON can carry: noise to a reader, and what tools would take for an example.
  if (jsonSchema.minimum === Number.MIN_SAFE_INTEGER) delete jsonSchema.minimum;
  if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) delete jsonSchema.maximum;
  // Answers may get new fields in a later version: a client that was told of no others must not break.
  if (type === 'object' && io === 'output') delete jsonSchema.additionalProperties;
  // `z.json()` is the one recursive schema of the contract, and JSON Schema has a shorter word for it.
  if (type === 'lazy') {
    for (const key of Object.keys(jsonSchema)) Reflect.deleteProperty(jsonSchema, key);
    jsonSchema.description = 'Any JSON value';
  }
};

/** `/v1/codes/:codeId` → `/v1/codes/{codeId}` */
export const pathTemplate = (path: string): string => path.replace(/:(\w+)/g, '{$1}');

function paths(routes: readonly Route[]): ZodOpenApiPathsObject {
  const documented: ZodOpenApiPathsObject = {};
  for (const route of routes) {
    const path = pathTemplate(route.path);
    documented[path] = { ...documented[path], [route.method.toLowerCase()]: operation(route) };
  }
  return documented;
}

const operation = (route: Route): ZodOpenApiOperationObject => ({
  operationId: route.id,
  tags: [route.tag],
  summary: route.summary,
  ...(route.description ? { description: route.description } : {}),
  ...accessOf(route.access),
  requestParams: {
    ...(route.params ? { path: route.params } : {}),
    ...(route.query ? { query: route.query } : {}),
    ...(route.headers ? { header: route.headers } : {}),
  },
  ...requestBody(route),
  responses: { ...successes(route), ...problemsOf(route) },
});

function accessOf(access: Access): { security: oas31.SecurityRequirementObject[]; 'x-permission'?: string } {
  if (access === 'open') return { security: [] };
  return {
    security: [
      { apiKey: [] },
      { session: [] },
      ...(access.player ? [{ playerToken: [] }] : []),
      ...(access.publishable ? [{ publishableKey: [] }] : []),
    ],
    'x-permission': access.permission,
  };
}

function requestBody({
  id,
  body,
  streamBody,
  rawBody,
}: Route): Pick<ZodOpenApiOperationObject, 'requestBody'> {
  const example = REQUEST_EXAMPLES[id];
  if (body)
    return {
      requestBody: {
        required: !body.safeParse(undefined).success,
        content: { 'application/json': { schema: body, ...(example ? { example } : {}) } },
      },
    };
  const types = rawBody?.contentTypes ?? (streamBody ? [streamBody.contentType] : []);
  if (types.length === 0) return {};
  const content = Object.fromEntries(types.map((type) => [type, { schema: z.string() }]));
  return { requestBody: { required: true, content } };
}

const STATUS_TEXT: Readonly<Record<string, string>> = {
  200: 'Done',
  201: 'Created',
  202: 'Accepted: it goes on in the background',
  204: 'Done; there is nothing to say',
};

const successes = ({ success }: Route): ZodOpenApiResponsesObject =>
  Object.fromEntries(
    Object.entries(success).map(([status, shape]) => {
      const description = STATUS_TEXT[status] ?? 'Done';
      if (shape === null) return [status, { description }];
      if (typeof shape === 'string')
        return [status, { description, content: { [shape]: { schema: z.string() } } }];
      return [status, { description, content: { 'application/json': { schema: shape } } }];
    }),
  );

const webhook: ZodOpenApiOperationObject = {
  operationId: 'receiveEvent',
  tags: ['Webhooks'],
  summary: 'An event, as endpoints receive it',
  description:
    'Sent to the endpoints that subscribed to its type, in the CloudEvents 1.0 envelope. Check `webhook-signature` ' +
    '(Standard Webhooks) and forget what carries a `webhook-id` that was seen before.',
  requestParams: {
    header: z.object({
      'webhook-id': z.string().describe('The event’s id; the same when it is sent again'),
      'webhook-timestamp': z.string().describe('Seconds since 1970; refuse what is older than five minutes'),
      'webhook-signature': z.string().describe('One or more `v1,<base64>`, separated by spaces'),
    }),
  },
  requestBody: {
    required: true,
    content: { 'application/json': { schema: { $ref: '#/components/schemas/EventEnvelope' } } },
  },
  responses: { 204: { description: 'Received. 410 disables the endpoint; anything else is sent again' } },
};
