import { type Client, createClient } from '@promosmith/client';
import type { Role } from '@promosmith/contract';
import type { App } from '../../app.ts';
import type { Database } from '../../platform/db.ts';
import type { Demo, DemoMember } from '../seed.ts';
import type { Random } from './random.ts';
import type { ToldDatabase } from './workshop.ts';

/** The server that lives through the history, and everybody who calls it. */
export interface World {
  readonly app: App;
  readonly db: Database;
  readonly brandId: string;
  readonly url: string;
  readonly random: Random;
  /** When the history began and when it ends, ms since 1970. */
  readonly from: number;
  readonly until: number;
  /** The platform: a key with every scope. */
  readonly platform: Client;
  /** A member of staff who is signed in. */
  as(role: Role): Promise<Client>;
  /** What time it is told to be. */
  now(): number;
  /** Does what is due by now: all that the background work of a server does, but for its housekeeping. */
  catchUp(): Promise<void>;
  /** Lets time pass: what was set off before has ended by then. */
  passTo(ms: number): Promise<void>;
}

/** What finds nothing to tidy up in a history, or has nobody to tell. */
const HOUSEKEEPING = [
  'start reconciliations',
  'clean after messages',
  'delete abandoned uploads',
  'clean webhook deliveries',
  'delete old calls of journeys',
];
/** Sessions last twelve hours; somebody whose own is older signs in again. */
const SIGNED_IN_FOR_MS = 11 * 3_600_000;

export function createWorld(options: {
  app: App;
  db: Database;
  url: string;
  demo: Demo;
  random: Random;
  from: number;
  until: number;
  database: ToldDatabase;
  tellThread: (ms: number) => void;
}): World {
  const { app, db, url, demo, random, from, until, database, tellThread } = options;
  const sessions = new Map<Role, { client: Client; since: number }>();
  const members = new Map([demo.owner, ...demo.staff].map((member) => [member.role, member]));
  let now = from;

  async function signIn(role: Role): Promise<Client> {
    const member = members.get(role);
    if (!member) throw new Error(`the demo has nobody who is ${role}`);
    return createClient({ baseUrl: url, fetch: withCookie(await cookieOf(url, member), url) });
  }

  return {
    ...{ app, db, url, random, from, until, brandId: demo.casino.brandId },
    platform: createClient({ baseUrl: url, key: demo.apiKey }),
    async as(role) {
      const kept = sessions.get(role);
      if (kept && now - kept.since < SIGNED_IN_FOR_MS) return kept.client;
      const client = await signIn(role);
      sessions.set(role, { client, since: now });
      return client;
    },
    now: () => now,
    catchUp: () => app.catchUp(HOUSEKEEPING),
    async passTo(ms) {
      await app.settle();
      now = Math.max(now, Math.min(ms, until));
      await database.tell(now);
      tellThread(now);
    },
  };
}

async function cookieOf(url: string, { email, password }: DemoMember): Promise<string> {
  const answer = await fetch(`${url}/v1/auth/sign-in`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: url },
    body: JSON.stringify({ email, password }),
  });
  if (!answer.ok) throw new Error(`${email} could not sign in: ${await answer.text()}`);
  return answer.headers
    .getSetCookie()
    .map((line) => line.split(';', 1)[0])
    .join('; ');
}

/** As a browser calls: with the session's cookie, and saying which page it is on. */
const withCookie =
  (cookie: string, origin: string): typeof fetch =>
  (input, init) => {
    const headers = new Headers(init?.headers);
    headers.set('cookie', cookie);
    headers.set('origin', origin);
    return fetch(input, { ...init, headers });
  };
