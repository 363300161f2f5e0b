import { promisify } from 'node:util';
import { brotliCompress, constants } from 'node:zlib';
import { openApiDocument } from '@promosmith/contract/openapi';
import Fastify, { type FastifyInstance } from 'fastify';
import { referencePage } from './reference-page.ts';

const SCRIPT_PATH = '/docs/scalar.js';
const CACHED = 'public, max-age=300';

/**
 * `/openapi.json`, and at `/docs` the same for people. Everything comes from this server, so it works offline, under
 * a policy that lets no other script run. What is large is made when it is first asked for: the page's script is 4 MB.
 */
export function mountReference(fastify: FastifyInstance, api: { version: string; serverUrl: string }): void {
  const document = once(async () => JSON.stringify(openApiDocument(api)));
  const scalar = once(loadScalar);
  const { page, policy } = referencePage({
    document: 'openapi.json',
    script: SCRIPT_PATH.slice(1),
    api: new URL(api.serverUrl).pathname,
  });

  fastify.get('/openapi.json', async (_, response) =>
    response
      .type('application/json; charset=utf-8')
      .headers({ 'cache-control': CACHED, 'access-control-allow-origin': '*' })
      .send(await document()),
  );
  fastify.get('/docs', async (_, response) =>
    response
      .type('text/html; charset=utf-8')
      .headers({ 'content-security-policy': policy, 'cross-origin-opener-policy': 'same-origin' })
      .send(page),
  );
  fastify.get(SCRIPT_PATH, async (request, response) => {
    const { script, compressed } = await scalar();
    const brotli = /\bbr\b/.test(request.headers['accept-encoding'] ?? '');
    return response
      .type('text/javascript; charset=utf-8')
      .headers({
        'cache-control': CACHED,
        vary: 'accept-encoding',
        ...(brotli ? { 'content-encoding': 'br' } : {}),
      })
      .send(brotli ? compressed : script);
  });
}

function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined;
  return () => (made ??= make());
}

/** Scalar's script, out of a server that lives only for that. */
async function loadScalar() {
  const { default: scalar } = await import('@scalar/fastify-api-reference');
  const host = Fastify();
  // It serves its script only when there is a document for it.
  await host.register(scalar, { routePrefix: '/docs', configuration: { url: 'openapi.json' } });
  const { statusCode, rawPayload: script } = await host.inject('/docs/js/scalar.js');
  await host.close();
  if (statusCode !== 200) throw new Error(`Scalar does not serve its script: ${statusCode}`);
  const compressed = await promisify(brotliCompress)(script, {
    params: { [constants.BROTLI_PARAM_QUALITY]: 5 },
  });
  return { script, compressed };
}
