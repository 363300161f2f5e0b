import type { GrantPlan, OpenGrant } from '@promosmith/core/activation';
import { instants, int4s, int8s, shareOut, sharingRowsOf, texts, uuids } from '../../platform/arrays.ts';
import type { Queryable } from '../../platform/db.ts';
import { hasStepsOf, type IssuedGrant, issueByKind } from './issuing.ts';
import { goesOutside, sendOutside } from './keeper.ts';

export interface NewGrant {
  readonly playerId: string;
  readonly grantId: string;
  readonly brandId: string;
  /** Null of a bonus that a person granted. */
  readonly activationId: string | null;
  readonly campaignId: string;
  readonly campaignVersion: number;
  readonly exclusiveGroup: string | null;
  /** Minor units taken from the campaign's budget. */
  readonly budgetReserved: number;
  /** ISO 8601 UTC */
  readonly createdAt: string;
  /** Waits for a deposit, or for a person to look at it: until then nothing is done for it. */
  readonly isPromise: boolean;
  readonly plan: GrantPlan;
}

const GRANT_ROWS = sharingRowsOf(
  { player_id: 'uuid', grant_id: 'uuid', activation_id: 'uuid' },
  {
    brand_id: 'uuid',
    campaign_id: 'uuid',
    version: 'int4',
    reward_index: 'int4',
    kind: 'text',
    status: 'text',
    currency: 'text',
    amount: 'int8',
    wagering: 'int8',
    budget: 'int8',
    exclusive_group: 'text',
    expires_at: 'timestamptz',
    at: 'timestamptz',
  },
);

/** Bonuses of one offer that were issued together differ by their player. */
const haveOneOffer = (a: NewGrant, b: NewGrant): boolean =>
  a.plan === b.plan &&
  a.campaignId === b.campaignId &&
  a.campaignVersion === b.campaignVersion &&
  a.brandId === b.brandId &&
  a.exclusiveGroup === b.exclusiveGroup &&
  a.budgetReserved === b.budgetReserved &&
  a.createdAt === b.createdAt;

/**
 * Issues grants, in the transaction of their activation, with what their kinds take beside. All statements start at
 * once, so that they may travel with others.
 */
export async function insertGrants(connection: Queryable, grants: readonly NewGrant[]): Promise<void> {
  if (grants.length === 0) return;
  await Promise.all([
    insertRows(connection, grants),
    issueByKind(connection, issuedNow(grants)),
    sendOutside(
      connection,
      grants.filter(({ plan }) => goesOutside(plan)),
    ),
  ]);
}

/** Those whose kind takes more than a row. */
const issuedNow = (grants: readonly NewGrant[]): IssuedGrant[] =>
  grants
    .filter(({ plan, isPromise }) => !isPromise && hasStepsOf(plan.kind))
    .map(({ plan: { kind, rewardIndex }, ...grant }) => ({ ...grant, kind, rewardIndex }));

async function insertRows(connection: Queryable, grants: readonly NewGrant[]): Promise<void> {
  const { sets, places } = shareOut(grants, haveOneOffer);
  const own = <T>(of: (grant: NewGrant) => T): T[] => grants.map(of);
  const shared = <T>(of: (grant: NewGrant) => T): T[] => sets.map(of);
  await connection.query({
    name: 'grants.insert',
    text: `insert into grants (player_id, grant_id, brand_id, activation_id, campaign_id, campaign_version, reward_index,
        kind, status, currency, amount, balance, outside_balance, wagering_required, budget_reserved, exclusive_group,
        granted_at, expires_at, created_at, changed_at)
      select player_id, grant_id, brand_id, activation_id, campaign_id, version, reward_index, kind, status, currency,
        amount, case when status = 'active' then amount else 0 end,
        case when status = 'pending' and amount > 0 then 0 end, wagering, budget, exclusive_group,
        case when status = 'active' then at end, expires_at, at, at
      from (${GRANT_ROWS}) t`,
    values: [
      uuids(own(({ playerId }) => playerId)),
      uuids(own(({ grantId }) => grantId)),
      uuids(own(({ activationId }) => activationId)),
      int4s(places),
      uuids(shared(({ brandId }) => brandId)),
      uuids(shared(({ campaignId }) => campaignId)),
      int4s(shared(({ campaignVersion }) => campaignVersion)),
      int4s(shared(({ plan }) => plan.rewardIndex)),
      texts(shared(({ plan }) => plan.kind)),
      texts(shared(({ plan }) => plan.status)),
      texts(shared(({ plan }) => plan.currency)),
      int8s(shared(({ plan }) => plan.amount)),
      int8s(shared(({ plan }) => plan.wageringRequired)),
      int8s(shared(({ budgetReserved }) => budgetReserved)),
      texts(shared(({ exclusiveGroup }) => exclusiveGroup)),
      instants(shared(({ plan }) => plan.expiresAt)),
      instants(shared(({ createdAt }) => Date.parse(createdAt))),
    ],
  });
}

const IS_OPEN = `status in ('pending', 'active') and (expires_at is null or expires_at > now())`;

/** The bonuses players still have, pending or active, by player. */
export async function loadOpenGrants(
  connection: Queryable,
  playerIds: readonly string[],
): Promise<Map<string, OpenGrant[]>> {
  const { rows } = await connection.query<OpenGrant & { player_id: string }>({
    name: 'grants.open',
    text: `select player_id, campaign_id as "campaignId", exclusive_group as "exclusiveGroup" from grants
      where player_id = any($1::uuid[]) and ${IS_OPEN}`,
    values: [uuids(playerIds)],
  });
  const byPlayer = new Map<string, OpenGrant[]>();
  for (const { player_id, ...grant } of rows) {
    const list = byPlayer.get(player_id);
    if (list) list.push(grant);
    else byPlayer.set(player_id, [grant]);
  }
  return byPlayer;
}

/** A player who is about to get a bonus that tolerates no open one: of its group, or none at all when there is no group. */
export interface Exclusive {
  readonly playerId: string;
  readonly group: string | null;
}

/** Fails the transaction with `GF001` if one of the players has an open bonus that excludes theirs. */
export async function insistNoneOpen(connection: Queryable, exclusives: readonly Exclusive[]): Promise<void> {
  await connection.query({
    name: 'grants.none_open',
    text: `select where not insist(not exists (
        select from grants g join unnest($1::uuid[], $2::text[]) as x (player, within) on x.player = g.player_id
        where g.player_id = any($1::uuid[]) and ${IS_OPEN} and (within is null or within = exclusive_group)))`,
    values: [uuids(exclusives.map(({ playerId }) => playerId)), texts(exclusives.map(({ group }) => group))],
  });
}
