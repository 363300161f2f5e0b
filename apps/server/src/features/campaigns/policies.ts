import { type CampaignWarning, listPolicies, type PolicyPack } from '@promosmith/contract';
import { inForce, POLICY_PACKS } from '@promosmith/core/policy';
import type { Database, Queryable } from '../../platform/db.ts';
import { type HttpServer, reply } from '../../platform/http/server.ts';
import type { Brands } from '../brands/index.ts';
import type { CampaignRecord } from './campaign.ts';
import { type Ground, policyWarnings } from './validation/policy.ts';

/** What the law says to campaigns of a brand, as it stands now. */
export interface Policies {
  /** @param db the connection of the caller's transaction: what holds one must not wait for another. */
  groundOf(db: Queryable, brandId: string): Promise<Ground>;
  warningsOn(campaign: CampaignRecord): Promise<CampaignWarning[]>;
}

export function createPolicies(db: Database, http: HttpServer, brands: Brands): Policies {
  async function groundOf(connection: Queryable, brandId: string): Promise<Ground> {
    const { settings } = await brands.read(connection, brandId);
    return { jurisdiction: settings.jurisdiction, now: await databaseNow(connection) };
  }

  http.mount(listPolicies, async () => reply(200, { items: packsAt(await databaseNow(db)) }));

  return {
    groundOf,
    warningsOn: async ({ brandId, definition }) => policyWarnings(definition, await groundOf(db, brandId)),
  };
}

async function databaseNow(db: Queryable): Promise<Date> {
  const { rows } = await db.query<{ now: Date }>('select now() as now');
  const now = rows[0]?.now;
  if (!now) throw new Error('the database told no time');
  return now;
}

const packsAt = (now: Date): PolicyPack[] =>
  Object.values(POLICY_PACKS).map(({ rules, ...pack }) => ({
    ...pack,
    rules: rules.map((rule) => {
      const { kind, from, until, ...said } = rule;
      return {
        ...said,
        rule: kind,
        from: from && new Date(from).toISOString(),
        until: until && new Date(until).toISOString(),
        inForce: inForce(rule, now.getTime()),
      };
    }),
  }));
