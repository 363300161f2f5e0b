import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Store } from '../store.ts';
import type { Player, Players } from './players.ts';

/** Who looks at a page. */
export interface Visitor {
  /** Of the session: forms are signed for it. */
  sessionId: string;
  player: Player | undefined;
}

interface Session {
  id: string;
  player?: string;
  epoch?: number;
  /** Seconds since 1970. */
  expires: number;
}

const COOKIE = 'casino_session';
const LIFE_SECONDS = 12 * 3_600;
const SECRET_BYTES = 32;

export type Sessions = ReturnType<typeof createSessions>;

/** Sessions are signed cookies: all of one is in the browser, and only this server can have written it. */
export function createSessions(store: Store, players: Players) {
  const secret = store.kept('session_secret', () => randomBytes(SECRET_BYTES).toString('base64url'));
  const sign = (text: string) => createHmac('sha256', secret).update(text).digest('base64url');

  function read(cookie: string | undefined): Session | undefined {
    const [text = '', signature = ''] = cookie?.split('.') ?? [];
    if (!isSame(signature, sign(`session:${text}`))) return undefined;
    const session: Session = JSON.parse(Buffer.from(text, 'base64url').toString());
    return session.expires * 1_000 > Date.now() ? session : undefined;
  }

  function write(reply: FastifyReply, session: Session): void {
    const text = Buffer.from(JSON.stringify(session)).toString('base64url');
    const value = `${text}.${sign(`session:${text}`)}`;
    const secure = reply.request.protocol === 'https' ? '; Secure' : '';
    reply.header(
      'set-cookie',
      `${COOKIE}=${value}; Path=/; HttpOnly; SameSite=Lax; Max-Age=${LIFE_SECONDS}${secure}`,
    );
  }

  const fresh = (): Session => ({
    id: randomBytes(16).toString('base64url'),
    expires: Math.floor(Date.now() / 1_000) + LIFE_SECONDS,
  });

  return {
    /** Who this is. Somebody new gets a session of nobody, so that forms can be signed for it. */
    visitor(request: FastifyRequest, reply: FastifyReply): Visitor {
      const session = read(cookieOf(request));
      if (!session) {
        const made = fresh();
        write(reply, made);
        return { sessionId: made.id, player: undefined };
      }
      const player = session.player === undefined ? undefined : players.byId(session.player);
      return {
        sessionId: session.id,
        player: player && player.sessionEpoch === session.epoch ? player : undefined,
      };
    },

    /** A new session: one that somebody else might have planted is worth nothing. */
    signIn(reply: FastifyReply, { playerId, sessionEpoch }: Player): void {
      write(reply, { ...fresh(), player: playerId, epoch: sessionEpoch });
    },

    signOut(reply: FastifyReply): void {
      write(reply, fresh());
    },

    /** What forms of a session carry. */
    formToken: (sessionId: string): string => sign(`form:${sessionId}`),

    isFormToken: (sessionId: string, token: unknown): boolean =>
      typeof token === 'string' && isSame(token, sign(`form:${sessionId}`)),
  };
}

function cookieOf({ headers }: FastifyRequest): string | undefined {
  const parts = (headers.cookie ?? '').split(';').map((part) => part.trim().split('='));
  return parts.find(([name]) => name === COOKIE)?.[1];
}

function isSame(given: string, expected: string): boolean {
  const [one, other] = [Buffer.from(given), Buffer.from(expected)];
  return one.length === other.length && timingSafeEqual(one, other);
}
