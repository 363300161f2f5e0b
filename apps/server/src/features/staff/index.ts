import type { IssuedApiKey } from '@promosmith/contract';
import type { Result } from '@promosmith/core';
import type { Authenticate } from '../../platform/http/server.ts';
import type { Platform } from '../../platform/platform.ts';
import type { Brands } from '../brands/index.ts';
import { createAuthenticate } from './authenticate.ts';
import { createKeyAuthenticator } from './keys/authenticator.ts';
import { mountKeyRoutes } from './keys/routes.ts';
import { createKeys, type KeyMaker, type Keys, type NewApiKey } from './keys/service.ts';
import { createPlayerTokens } from './player-tokens.ts';
import { createPublishedKeys } from './published-keys.ts';

export type { KeyMaker, NewApiKey } from './keys/service.ts';

export interface Staff {
  /** Who calls, and whether the route admits them: what every request goes through first. */
  authenticate: Authenticate;
  createApiKey(input: NewApiKey, maker: KeyMaker): Promise<Result<IssuedApiKey>>;
  principalOf: Keys['principalOf'];
}

/** Staff, API keys, player tokens: everybody who may call, and how they prove who they are. */
export function createStaff({ config, db, http, log, ticker }: Platform, brands: Brands): Staff {
  const authenticator = createKeyAuthenticator(db, ticker);
  const keys = createKeys(db, authenticator);
  const playerTokens = createPlayerTokens(brands, createPublishedKeys(config.webhookAllowPrivate), log);
  mountKeyRoutes(http, keys);

  return {
    authenticate: createAuthenticate(authenticator, playerTokens),
    createApiKey: keys.create,
    principalOf: keys.principalOf,
  };
}
