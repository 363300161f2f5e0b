import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A page of the operator's site. */
export interface HostPage {
  /** What stands in the body, and the head. */
  body?: string;
  head?: string;
  lang?: string;
  /** Content security policy; none when left out. */
  policy?: string;
}

/** The operator's own site: another origin than the API's. */
export interface HostSite extends AsyncDisposable {
  readonly url: string;
  /** Serves a page. @returns its URL. */
  page(page: HostPage): string;
  /** Serves a file. @returns its URL. */
  file(type: string, content: string | Buffer): string;
  /** `/token/<player>` answers by it, as the site's back end would. */
  tokens: (player: string) => Promise<string | null>;
  /** Requests for tokens so far. */
  readonly tokensAsked: string[];
}

export async function startHostSite(): Promise<HostSite> {
  const served = new Map<
    string,
    { type: string; content: string | Buffer; headers: Record<string, string> }
  >();
  const tokensAsked: string[] = [];
  const server = createServer(async (request, response) => {
    const path = request.url ?? '/';
    if (path.startsWith('/token/')) {
      const player = path.slice('/token/'.length);
      tokensAsked.push(player);
      const token = await site.tokens(player);
      response.writeHead(token === null ? 500 : 200, { 'content-type': 'text/plain' }).end(token ?? 'broken');
      return;
    }
    const found = served.get(path.replace(/[?#].*$/, ''));
    response.writeHead(found ? 200 : 404, { 'content-type': found?.type ?? 'text/plain', ...found?.headers });
    response.end(found?.content ?? 'There is no such page.');
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const serve = (
    name: string,
    type: string,
    content: string | Buffer,
    headers: Record<string, string> = {},
  ) => {
    const path = `/${served.size}-${name}`;
    served.set(path, { type, content, headers });
    return url + path;
  };
  const site: HostSite = {
    url,
    tokensAsked,
    tokens: async () => null,
    page: ({ body = '', head = '', lang = 'en', policy }) =>
      serve(
        'page',
        'text/html; charset=utf-8',
        `<!doctype html><html lang="${lang}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>Lucky Star</title>${head}</head><body>${body}</body></html>`,
        policy === undefined ? {} : { 'content-security-policy': policy },
      ),
    file: (type, content) => serve('file', type, content),
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
  return site;
}
