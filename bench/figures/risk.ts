import { randomBytes } from 'node:crypto';
import { createIdentifiers } from '../../apps/server/src/features/risk/index.ts';
import { generateWorld, judge, measureWorld } from '../../apps/server/src/features/risk/world/index.ts';
import { newId } from '../../apps/server/src/platform/ids.ts';
import { openSecrets } from '../../apps/server/src/platform/secrets.ts';
import type { Bench, Group } from '../bench.ts';
import { note } from '../report.ts';

const PEOPLE = 100_000;
const SEED = 20_260_301;

/** How much of the abuse in a made-up world is held or declined at the weights as shipped, and how much of what is held is abuse. */
export const risk: Group = {
  names: ['risk.precision', 'risk.recall'],
  async measure(bench) {
    const brandId = newId();
    await bench.db.query(
      `insert into brands (brand_id, slug, name, time_zone, currency) values ($1, 'made-up', 'Made up', 'UTC', 'EUR')`,
      [brandId],
    );
    try {
      const identifiers = createIdentifiers(openSecrets(randomBytes(32)));
      const found = await measureWorld(bench.db, identifiers, brandId, generateWorld(PEOPLE, SEED));
      const { precision, recall, byTruth } = judge(found);
      for (const [truth, { allow, flag, hold, decline }] of Object.entries(byTruth))
        note(`${truth}: ${allow} allowed, ${flag} flagged, ${hold} held, ${decline} declined`);
      if (byTruth.household?.decline !== 0) throw new Error('an honest household was declined');
      return [
        { name: 'risk.precision', unit: 'share', value: precision },
        { name: 'risk.recall', unit: 'share', value: recall },
      ];
    } finally {
      await forget(bench, brandId);
    }
  },
};

/** Leaves the other figures the database they are used to. */
async function forget({ db }: Bench, brandId: string): Promise<void> {
  const tables = [
    ...['risk_links', 'risk_identifiers', 'risk_profiles', 'risk_clusters', 'risk_feeds', 'risk_sightings'],
    ...['guesses', 'outbox', 'players', 'brands'],
  ];
  for (const table of tables) await db.query(`delete from ${table} where brand_id = $1`, [brandId]);
  await db.query(`vacuum analyze ${tables.join(', ')}`);
}
