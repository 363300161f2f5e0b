import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import type { FastifyInstance } from 'fastify';

const FOLDER = new URL('../../public/', import.meta.url);
const TYPES: Readonly<Record<string, string>> = {
  css: 'text/css; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  svg: 'image/svg+xml',
};
const HASH_LENGTH = 12;

const files = new Map(readdirSync(FOLDER).map((name) => [name, readFileSync(new URL(name, FOLDER))]));

/** One for all of them, so that scripts find each other beside themselves. */
const version = [...files.values()]
  .reduce((hash, bytes) => hash.update(bytes), createHash('sha256'))
  .digest('hex')
  .slice(0, HASH_LENGTH);

const pathOf = (name: string): string => `/assets/${version}/${name}`;

/** Where a file of `public/` is served: at a path that changes when a file does, so that browsers may keep it. */
export function assetPath(name: string): string {
  if (!files.has(name)) throw new Error(`there is no ${name} in public/`);
  return pathOf(name);
}

export function mountAssets(http: FastifyInstance): void {
  for (const [name, bytes] of files)
    http.get(pathOf(name), (_, reply) =>
      reply
        .type(TYPES[name.split('.').at(-1) ?? ''] ?? 'text/plain')
        .header('cache-control', 'public, max-age=31536000, immutable')
        .send(bytes),
    );
}
