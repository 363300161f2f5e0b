import type { Platform } from '../../platform/platform.ts';
import { mountBrandRoutes } from './routes.ts';
import { type Brands, createBrandService } from './service.ts';

export { type Brand, brandView, type NewBrand, type PlayerTokenKeys } from './brand.ts';
export type { Brands, Origin } from './service.ts';
export { findCurrencies } from './store.ts';

/** Brands: time zone, currencies, approval thresholds, how player tokens are verified. */
export function createBrands({ config, db, http, secrets }: Platform): Brands {
  const brands = createBrandService(db, secrets, config.outboundAllowPrivate);
  mountBrandRoutes(http, db, brands);
  return brands;
}
