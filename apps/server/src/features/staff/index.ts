import type { Actor, IssuedApiKey } from '@promosmith/contract';
import type { Result } from '@promosmith/core';
import type { Authenticate } from '../../platform/http/server.ts';
import type { Platform } from '../../platform/platform.ts';
import type { Brands } from '../brands/index.ts';
import { createAuthenticate } from './authenticate.ts';
import { sweepExpired } from './expired.ts';
import { createKeyAuthenticator } from './keys/authenticator.ts';
import { mountKeyRoutes } from './keys/routes.ts';
import { createKeys, type KeyMaker, type Keys, type NewApiKey } from './keys/service.ts';
import { createInvitations } from './members/invitations.ts';
import { setPassword } from './members/recovery.ts';
import { mountMemberRoutes } from './members/routes.ts';
import { type AddedMember, createMembers, type NewMember, type StaffManager } from './members/service.ts';
import { createPlayerTokens } from './player-tokens.ts';
import { createPublishedKeys } from './published-keys.ts';
import { mountSavedViewRoutes } from './saved-views/routes.ts';
import { mountSetUpRoutes } from './set-up/routes.ts';
import { createSetUp } from './set-up/service.ts';
import { createLoadAuth } from './sign-in/load-auth.ts';
import { mountSignInRoutes } from './sign-in/routes.ts';
import { createSignIn } from './sign-in/service.ts';
import { createSessions } from './sign-in/sessions.ts';
import { createSignInThrottle } from './sign-in/throttle.ts';

export type { KeyMaker, NewApiKey } from './keys/service.ts';
export type { NewMember, StaffManager } from './members/service.ts';
export { type ActiveMember, activeMembers } from './members/store.ts';

const SWEEP_EVERY_MS = 3_600_000;

export interface Staff {
  /** Who calls, and whether the route admits them: what every request goes through first. */
  authenticate: Authenticate;
  createApiKey(input: NewApiKey, maker: KeyMaker): Promise<Result<IssuedApiKey>>;
  /**
   * A member who can sign in at once: the command line makes a brand's first owner with it. Somebody with an account
   * already keeps their password.
   */
  addMember(input: NewMember & { password: string }, manager: StaffManager): Promise<Result<AddedMember>>;
  /** Replaces the password of somebody who forgot it and signs them out everywhere; for the command line. */
  setPassword(
    email: string,
    password: string,
    actor: Actor,
  ): Promise<Result<{ staffId: string; name: string }>>;
  principalOf: Keys['principalOf'];
}

/** Staff, API keys, player tokens: everybody who may call, and how they prove who they are. */
export function createStaff(platform: Platform, brands: Brands): Staff {
  const { config, db, http, log, secrets, ticker } = platform;
  const authenticator = createKeyAuthenticator(db, ticker);
  const keys = createKeys(db, authenticator);
  const playerTokens = createPlayerTokens(brands, createPublishedKeys(config.outboundAllowPrivate), log);
  const loadAuth = createLoadAuth(platform);
  const sessions = createSessions(db, loadAuth);
  const throttle = createSignInThrottle(db, secrets);
  const invitations = createInvitations(db, throttle);
  const members = createMembers(db, invitations);

  mountKeyRoutes(http, keys);
  mountMemberRoutes(http, { db, brands, members });
  const signIn = createSignIn(platform, loadAuth, sessions, throttle);
  mountSignInRoutes(http, config.publicUrl, signIn, invitations);
  mountSetUpRoutes(http, config.publicUrl, createSetUp(platform, brands, members, throttle), signIn);
  mountSavedViewRoutes(http, db);
  ticker.every('sweep expired sign-ins', SWEEP_EVERY_MS, () => sweepExpired(db));

  return {
    authenticate: createAuthenticate({
      keys: authenticator,
      playerTokens,
      sessions,
      publicUrl: config.publicUrl,
    }),
    createApiKey: keys.create,
    addMember: members.add,
    setPassword: (email, password, actor) => setPassword(db, email, password, actor),
    principalOf: keys.principalOf,
  };
}
