import { existsSync } from 'node:fs';
import { join } from 'node:path';
import serveFiles from '@fastify/static';
import type { FastifyInstance } from 'fastify';
import { sendRefusal } from './errors.ts';

const HOME = '/console';
/** Their names have a hash of what is in them. */
const FOR_EVER = 'public, max-age=31536000, immutable';
/** Looked at again each time, so that an upgrade is there with the next page. */
const FRESH = 'no-cache';

/**
 * No script but the server's own, no other site's frame around it. Styles are set on elements by the components, and
 * content of operators is previewed in frames that have no scripts.
 */
const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data: https:",
  "font-src 'self'",
  "connect-src 'self'",
  "frame-src 'self'",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
].join('; ');

/**
 * The back office at `/console`: every address below it that is no file is a page, which the browser draws.
 * @param folder of the built console; without one, the server says so.
 */
export function mountConsole(fastify: FastifyInstance, folder: string): void {
  fastify.register(async (pages) => {
    if (!existsSync(join(folder, 'index.html'))) {
      pages.get(`${HOME}*`, (request, response) =>
        sendRefusal(request, response, {
          key: 'not_found',
          message: 'This server has no build of the console: run `npm run build` in apps/console.',
        }),
      );
      return;
    }
    await pages.register(serveFiles, {
      root: folder,
      serve: false,
      preCompressed: true,
      cacheControl: false,
      index: false,
    });
    pages.get<{ Params: { file: string } }>(`${HOME}/assets/:file`, (request, response) =>
      response.header('cache-control', FOR_EVER).sendFile(`assets/${request.params.file}`),
    );
    pages.get(`${HOME}/icon.svg`, (_, response) =>
      response.header('cache-control', FRESH).sendFile('icon.svg'),
    );
    for (const path of [HOME, `${HOME}/*`])
      pages.get(path, (_, response) =>
        response
          .headers({
            'cache-control': FRESH,
            'content-security-policy': POLICY,
            'cross-origin-opener-policy': 'same-origin',
          })
          .sendFile('index.html'),
      );
  });
}
