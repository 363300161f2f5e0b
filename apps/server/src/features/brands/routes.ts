import { getBrand, setPlayerTokens, updateBrand } from '@promosmith/contract';
import type { Result } from '@promosmith/core';
import type { Database } from '../../platform/db.ts';
import { type HttpServer, reply } from '../../platform/http/server.ts';
import { type Brand, brandView } from './brand.ts';
import type { Brands } from './service.ts';

const shown = (result: Result<Brand>) => (result.ok ? reply(200, brandView(result.value)) : result);

export function mountBrandRoutes(http: HttpServer, db: Database, brands: Brands): void {
  http.mount(getBrand, async (_, { caller }) => reply(200, brandView(await brands.read(db, caller.brandId))));

  http.mount(updateBrand, async ({ body }, { caller, requestId }) =>
    shown(await brands.update(caller.brandId, body, { actor: caller.actor, requestId })),
  );

  http.mount(setPlayerTokens, async ({ body }, { caller, requestId }) =>
    shown(
      await brands.setPlayerTokens(caller.brandId, body.playerTokens, { actor: caller.actor, requestId }),
    ),
  );
}
