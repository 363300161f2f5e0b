import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { sendRefusal } from './errors.ts';

/** Long enough for a visit, short enough that an upgrade is everywhere within minutes. */
const FRESH = 'public, max-age=300';
const FOR_EVER = 'public, max-age=31536000, immutable';
/** Pages of any origin load it, also those that check what they loaded. */
const FOR_ALL = { 'access-control-allow-origin': '*', 'cross-origin-resource-policy': 'cross-origin' };
const HASH_CHARACTERS = 16;

type Coding = 'br' | 'gzip' | 'identity';

interface Script {
  readonly hash: string;
  /** For `integrity` (Subresource Integrity). */
  readonly integrity: string;
  readonly bodies: Readonly<Record<Coding, Buffer>>;
}

/**
 * The widget for players' browsers: `/widget.js`, the one this server has; `/widget-<hash>.js`, this very one, to be kept
 * for ever; and `/widget.json`, which names it with the digest a page can ask for. Read and compressed when it is first
 * asked for.
 * @param widget.file path of the built script.
 * @param widget.publicUrl base URL that browsers reach the server by.
 */
export function mountWidget(fastify: FastifyInstance, widget: { file: string; publicUrl: string }): void {
  let loading: Promise<Script> | undefined;
  async function load(): Promise<Script | undefined> {
    loading ??= loadScript(widget.file);
    try {
      return await loading;
    } catch (error) {
      loading = undefined;
      if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
      throw error;
    }
  }

  fastify.get('/widget.js', async (request, response) => {
    const script = await load();
    return script ? send(request, response, script, FRESH) : missing(request, response);
  });

  fastify.get<{ Params: { hash: string } }>('/widget-:hash(^[0-9a-f]+).js', async (request, response) => {
    const script = await load();
    return script?.hash === request.params.hash
      ? send(request, response, script, FOR_EVER)
      : missing(request, response);
  });

  fastify.get('/widget.json', async (request, response) => {
    const script = await load();
    if (!script) return missing(request, response);
    const { hash, integrity, bodies } = script;
    return response.headers({ ...FOR_ALL, 'cache-control': FRESH }).send({
      url: `${widget.publicUrl}/widget-${hash}.js`,
      integrity,
      bytes: { gzip: bodies.gzip.length, br: bodies.br.length },
    });
  });
}

function missing(request: FastifyRequest, response: FastifyReply): FastifyReply {
  return sendRefusal(request, response, {
    key: 'not_found',
    message: 'This server has no such build of the widget; /widget.json names the one it has.',
  });
}

function send(
  request: FastifyRequest,
  response: FastifyReply,
  script: Script,
  caching: string,
): FastifyReply {
  const coding = codingFor(request.headers['accept-encoding'] ?? '');
  const etag = `"${script.hash}-${coding}"`;
  response.headers({ ...FOR_ALL, 'cache-control': caching, vary: 'accept-encoding', etag });
  if (request.headers['if-none-match']?.includes(etag)) return response.code(304).send();
  if (coding !== 'identity') response.header('content-encoding', coding);
  return response.type('text/javascript; charset=utf-8').send(script.bodies[coding]);
}

const codingFor = (accepted: string): Coding =>
  (['br', 'gzip'] as const).find((coding) => new RegExp(`\\b${coding}\\b`).test(accepted)) ?? 'identity';

async function loadScript(file: string): Promise<Script> {
  const identity = await readFile(file);
  const digest = (algorithm: string) => createHash(algorithm).update(identity);
  const [br, gzipped] = await Promise.all([
    promisify(brotliCompress)(identity, {
      params: { [constants.BROTLI_PARAM_MODE]: constants.BROTLI_MODE_TEXT },
    }),
    promisify(gzip)(identity, { level: constants.Z_BEST_COMPRESSION, memLevel: constants.Z_MAX_MEMLEVEL }),
  ]);
  return {
    hash: digest('sha256').digest('hex').slice(0, HASH_CHARACTERS),
    integrity: `sha384-${digest('sha384').digest('base64')}`,
    bodies: { br, gzip: gzipped, identity },
  };
}
