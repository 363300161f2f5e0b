import { NoAnswerError, ProblemError } from '@promosmith/client';
import fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import type { Player } from '../accounts/players.ts';
import type { Visitor } from '../accounts/sessions.ts';
import type { Casino } from '../casino.ts';
import { mountAssets } from './assets.ts';
import { type Filled, filledIn } from './forms.ts';
import { html } from './html.ts';
import { type Frame, layout, type Page } from './layout.ts';
import { contentPolicy } from './policy.ts';

/** A request of a page, with whoever makes it. */
export interface Visit {
  request: FastifyRequest;
  reply: FastifyReply;
  visitor: Visitor;
  /** What forms of this session carry. */
  formToken: string;
  filled: Filled;
  /** Answers with a page. @param status 200 when left out. */
  show(page: Page | ((frame: Frame) => Page), status?: number): Promise<FastifyReply>;
  /** Answers a form that was taken: the browser goes on, and a reload sends nothing twice. */
  goTo(path: string): FastifyReply;
}

/** A visit of somebody who is signed in. */
export interface PlayerVisit extends Visit {
  player: Player;
}

type Method = 'get' | 'post';

/** How pages are put on the server. */
export interface Site {
  http: FastifyInstance;
  /** For everybody. Forms that are sent are of this site, and of this session. */
  open(method: Method, path: string, handler: (visit: Visit) => Promise<unknown> | unknown): void;
  /** For players: others are asked to sign in first. */
  forPlayers(method: Method, path: string, handler: (visit: PlayerVisit) => Promise<unknown> | unknown): void;
}

const BODY_LIMIT = 64 * 1024;

/** The web server of the casino, with everything but the pages themselves. */
export function createSite(casino: Casino, log: (error: unknown) => void): Site {
  const http = fastify({ bodyLimit: BODY_LIMIT, forceCloseConnections: true });
  const policy = contentPolicy(casino.config.promosmithPublicUrl);

  http.addHook('onSend', async (_, reply) => {
    reply.header('content-security-policy', policy);
    reply.header('x-content-type-options', 'nosniff');
    reply.header('referrer-policy', 'same-origin');
    reply.header('permissions-policy', 'camera=(), microphone=(), geolocation=(), payment=()');
    reply.header('cross-origin-opener-policy', 'same-origin');
    if (!reply.hasHeader('cache-control')) reply.header('cache-control', 'no-store');
  });
  http.removeAllContentTypeParsers();
  http.addContentTypeParser('application/x-www-form-urlencoded', { parseAs: 'string' }, (_, body, done) =>
    done(null, Object.fromEntries(new URLSearchParams(String(body)))),
  );
  mountAssets(http);
  http.get('/healthz', () => ({ status: 'ok' }));

  function visitOf(request: FastifyRequest, reply: FastifyReply): Visit {
    const visitor = casino.sessions.visitor(request, reply);
    const formToken = casino.sessions.formToken(visitor.sessionId);
    const { player } = visitor;
    return {
      ...{ request, reply, visitor, formToken },
      filled: filledIn(request.body),
      async show(page, status = 200) {
        const frame: Frame = {
          ...{ visitor, formToken },
          balance: player && (await balanceOf(casino, player)),
          notices: player ? casino.notices.take(player.playerId) : [],
        };
        const text = layout(casino, frame, typeof page === 'function' ? page(frame) : page);
        return reply.status(status).type('text/html; charset=utf-8').send(text);
      },
      goTo: (path) => reply.redirect(path, 303),
    };
  }

  /** Of another site, or without what the form was given: somebody else may have made the browser send it. */
  function isForged({ request, visitor, filled }: Visit): boolean {
    const origin = request.headers.origin;
    if (origin !== undefined && URL.parse(origin)?.host !== request.headers.host) return true;
    const given = request.headers['x-form-token'] ?? filled._token;
    return !casino.sessions.isFormToken(visitor.sessionId, given);
  }

  http.setNotFoundHandler((request, reply) => visitOf(request, reply).show(NOT_FOUND, 404));
  http.setErrorHandler(async (error, request, reply) => {
    const status = error instanceof Error && 'statusCode' in error ? Number(error.statusCode) : 500;
    if (status < 500) return visitOf(request, reply).show(UNREADABLE, status);
    log(error);
    const isPromosmith = error instanceof NoAnswerError || error instanceof ProblemError;
    return visitOf(request, reply).show(isPromosmith ? UNREACHABLE : BROKEN, isPromosmith ? 503 : 500);
  });

  const site: Site = {
    http,
    open(method, path, handler) {
      http[method](path, async (request, reply) => {
        const visit = visitOf(request, reply);
        if (method === 'post' && isForged(visit)) return visit.show(FORGED, 403);
        await handler(visit);
        return reply;
      });
    },
    forPlayers(method, path, handler) {
      site.open(method, path, (visit) => {
        const { player } = visit.visitor;
        if (player) return handler({ ...visit, player });
        return visit.goTo(method === 'get' ? `/login?next=${encodeURIComponent(path)}` : '/login');
      });
    },
  };
  return site;
}

/** Pages are shown without it when the wallet cannot be asked. */
export async function balanceOf(casino: Casino, { playerId }: Player): Promise<Frame['balance']> {
  try {
    return await casino.rounds.moneyOf(playerId);
  } catch (error) {
    if (error instanceof NoAnswerError || error instanceof ProblemError) return undefined;
    throw error;
  }
}

const message = (title: string, text: string): Page => ({
  title,
  body: html`<section class="card narrow"><h1>${title}</h1><p>${text}</p><p><a class="button" href="/">To the games</a></p></section>`,
});

const NOT_FOUND = message('Nothing here', 'There is no such page, or it is not yours to see.');
const FORGED = message(
  'Not sent',
  'This form did not come from your session here, so nothing was done. Go back, load the page again, and send it once more.',
);
const UNREADABLE = message('Not understood', 'What was sent cannot be read, so nothing was done.');
const UNREACHABLE = message(
  'One moment',
  'Promosmith does not answer. What was under way is finished as soon as it does.',
);
const BROKEN = message('Something broke', 'That is our fault. It has been written down.');
export const noSuchPage = NOT_FOUND;
