import type { Database } from '../../../platform/db.ts';
import type { Brands } from '../../brands/index.ts';
import type { Book, LiveJourney } from '../definitions/index.ts';
import {
  dropRun,
  findChangedAt,
  findLiveBrands,
  findPlanned,
  forgetArchived,
  type Plan,
  planRun,
} from './store.ts';
import { timeAfter } from './times.ts';

const FORGOTTEN_AT_ONCE = 5000;

/** What the trigger of a version looks for; undefined when it looks at nobody. */
export function planOf({ brandId, journeyId, version, compiled }: LiveJourney): Plan | undefined {
  const { definition, triggerId } = compiled.journey;
  const node = definition.nodes[triggerId];
  const on = node?.kind === 'trigger' ? node.on : null;
  if (on?.source === 'segment') return { journeyId, brandId, version, kind: 'segment', trigger: on.rule };
  if (on?.source === 'schedule')
    return { journeyId, brandId, version, kind: 'schedule', trigger: JSON.stringify(on.times) };
  return undefined;
}

/**
 * Begins the runs of journeys that were activated, or published with another trigger, and removes those of archived
 * ones. Every process comes to the same, so they need not agree.
 * @returns whether there may be more to do.
 */
export async function planRuns(db: Database, brands: Brands, book: Book): Promise<boolean> {
  for (const brandId of await findLiveBrands(db)) await planBrand(db, brands, book, brandId);
  return forgetArchived(db, FORGOTTEN_AT_ONCE);
}

async function planBrand(db: Database, brands: Brands, book: Book, brandId: string): Promise<void> {
  const journeys = await book.live(db, brandId);
  const planned = await findPlanned(
    db,
    journeys.map(({ journeyId }) => journeyId),
  );
  for (const journey of journeys) {
    const plan = planOf(journey);
    const before = planned.get(journey.journeyId);
    if (plan?.trigger === before) continue;
    if (plan) await begin(db, plan, journey, (await brands.get(brandId)).timeZone);
    else await dropRun(db, journey);
  }
}

/** The times since the journey was changed count, however late that is noticed. */
async function begin(
  db: Database,
  plan: Plan,
  { compiled: { journey } }: LiveJourney,
  timeZone: string,
): Promise<void> {
  const changed = await findChangedAt(db, plan);
  const { trigger } = journey;
  const next = trigger.source === 'schedule' ? timeAfter(trigger.times, changed, timeZone) : changed;
  await planRun(db, plan, new Date(changed), next === null ? null : new Date(next));
}
