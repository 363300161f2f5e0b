import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { brotliCompress, constants } from 'node:zlib';
import { openApiDocument } from '@promosmith/contract/openapi';
import Fastify, { type FastifyInstance } from 'fastify';

const SCRIPT_PATH = '/docs/scalar.js';
/** A ticket. */
const FAVICON = `data:image/svg+xml,${encodeURIComponent(
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16"><path fill="#c2410c" d="M1 3h14v3a2 2 0 0 0 0 4v3H1v-3a2 2 0 0 0 0-4z"/><path stroke="#fff" stroke-dasharray="1.5 1.5" d="M10.5 3v10"/></svg>',
)}`;
const CACHED = 'public, max-age=300';

/**
 * `/openapi.json`, and at `/docs` the same for people. Everything comes from this server, so it works offline, under
 * a policy that lets no other script run. It is made at the first request: the page's script is 4 MB.
 */
export function mountReference(fastify: FastifyInstance, api: { version: string; serverUrl: string }): void {
  const document = once(async () => JSON.stringify(openApiDocument(api)));
  const reference = once(() => renderReference(new URL(api.serverUrl).pathname));

  fastify.get('/openapi.json', async (_, response) =>
    response
      .type('application/json; charset=utf-8')
      .headers({ 'cache-control': CACHED, 'access-control-allow-origin': '*' })
      .send(await document()),
  );
  fastify.get('/docs', async (_, response) => {
    const { page, policy } = await reference();
    return response.type('text/html; charset=utf-8').headers(policy).send(page);
  });
  fastify.get(SCRIPT_PATH, async (request, response) => {
    const { script, compressed } = await reference();
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

/**
 * The page and its script, out of a server that lives only for that.
 * @param apiPath path of the API on the page's own host, whatever name that host was reached by: requests tried out on
 *   the page go there, which the policy and every browser allow.
 */
async function renderReference(apiPath: string) {
  const { default: scalar } = await import('@scalar/fastify-api-reference');
  const host = Fastify();
  await host.register(scalar, {
    routePrefix: '/docs',
    configuration: {
      // Relative, so that they also work behind a path prefix.
      url: 'openapi.json',
      cdn: SCRIPT_PATH.slice(1),
      servers: [{ url: apiPath }],
      authentication: { preferredSecurityScheme: 'apiKey' },
      pageTitle: 'Promosmith API',
      favicon: FAVICON,
      telemetry: false,
      withDefaultFonts: false,
      hideClientButton: true,
      showDeveloperTools: 'never',
      agent: { disabled: true },
      mcp: { disabled: true },
    },
  });
  const page = (await host.inject('/docs/')).body;
  const script = (await host.inject('/docs/js/scalar.js')).rawPayload;
  await host.close();
  const compressed = await promisify(brotliCompress)(script, {
    params: { [constants.BROTLI_PARAM_QUALITY]: 5 },
  });
  return {
    page,
    script,
    compressed,
    policy: { 'content-security-policy': policyFor(page), 'cross-origin-opener-policy': 'same-origin' },
  };
}

/** Lets this page's own scripts run and nothing else; styles are inline by Scalar's making. */
function policyFor(page: string): string {
  const inline = [...page.matchAll(/<script(?![^>]*\ssrc=)[^>]*>([\s\S]*?)<\/script>/g)].map(
    ([, text = '']) => text,
  );
  const hashes = inline.map((text) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`);
  return [
    "default-src 'none'",
    `script-src 'self' ${hashes.join(' ')}`,
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data:",
    "font-src 'self' data:",
    "connect-src 'self'",
    "frame-ancestors 'none'",
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
}
