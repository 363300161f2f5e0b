import type { App } from '../app.ts';
import type { Brand } from '../features/brands/index.ts';
import { CommandError } from './failure.ts';

/** @throws CommandError when there is none. */
export async function brandNamed(app: App, slug: string): Promise<Brand> {
  const brand = await app.brands.bySlug(slug);
  if (!brand) throw new CommandError(`There is no brand ${slug}.`);
  return brand;
}
