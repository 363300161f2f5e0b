import { type Assessment, assess, type IndicatorName } from '@promosmith/core/risk';
import { uuids } from '../../../platform/arrays.ts';
import type { Queryable } from '../../../platform/db.ts';
import { publish } from '../../../platform/outbox.ts';
import { type NewCase, openCases } from '../../cases/index.ts';
import type { Reassessed } from './reassessed.ts';

/** Who looks. */
const ACTOR = { kind: 'system', id: 'risk' } as const;

interface OpenBonuses {
  readonly playerId: string;
  readonly campaignId: string;
  readonly indicators: readonly IndicatorName[];
}

const isHeld = ({ band }: Pick<Assessment, 'band'>): boolean => band === 'hold' || band === 'decline';

/** Opens cases and publishes what came out worse than before, in the transaction that says so. */
export async function tellOfWorse(tx: Queryable, worse: readonly Reassessed[]): Promise<void> {
  if (worse.length === 0) return;
  const names = await findNames(tx, worse);
  const held = worse.filter(({ assessment }) => isHeld(assessment));
  const open = await findOpenBonuses(
    tx,
    held.map(({ playerId }) => playerId),
  );
  const time = new Date().toISOString();
  await openCases(
    tx,
    held.flatMap((one) => caseOf(one, names.get(one.playerId), open.get(one.playerId) ?? [], time)),
  );
  for (const [brandId, ofBrand] of Map.groupBy(worse, (one) => one.brandId))
    await publish(
      tx,
      { brandId, actor: ACTOR, correlationId: `risk/${time}`, time },
      ofBrand.flatMap(({ playerId, assessment: { score } }) => {
        const player = names.get(playerId);
        return player === undefined
          ? []
          : [{ type: 'risk.flagged' as const, subject: `player/${playerId}`, data: { player, score } }];
      }),
    );
}

/** A case of the campaign by whose indicators the account comes out worst, if it is held there at all. */
function caseOf(
  { brandId, playerId, known, policy }: Reassessed,
  playerExternalId: string | undefined,
  open: readonly OpenBonuses[],
  openedAt: string,
): NewCase[] {
  const [worst] = open
    .map(({ campaignId, indicators }) => ({
      campaignId,
      assessment: assess(known, policy, new Set(indicators)),
    }))
    .filter(({ assessment }) => isHeld(assessment))
    .sort((a, b) => b.assessment.score - a.assessment.score);
  if (!worst || playerExternalId === undefined) return [];
  const { score, band, findings } = worst.assessment;
  return [
    {
      ...{ brandId, playerId, playerExternalId, campaignId: worst.campaignId },
      ...{ kind: 'player_reassessed', score, band, openedAt },
      evidence: { policy: policy.version, findings },
    },
  ];
}

/** Campaigns that accounts have open bonuses of, with the indicators that count there. */
async function findOpenBonuses(
  tx: Queryable,
  playerIds: readonly string[],
): Promise<Map<string, OpenBonuses[]>> {
  if (playerIds.length === 0) return new Map();
  const { rows } = await tx.query<OpenBonuses>(
    `select distinct on (g.player_id, g.campaign_id) g.player_id as "playerId", g.campaign_id as "campaignId",
       coalesce(v.definition -> 'risk' -> 'indicators', '[]') as indicators
     from grants g
     join campaign_versions v on v.campaign_id = g.campaign_id and v.version = g.campaign_version
     where g.player_id = any($1::uuid[]) and g.status in ('pending', 'active')
     order by g.player_id, g.campaign_id, g.campaign_version desc`,
    [uuids(playerIds)],
  );
  return Map.groupBy(rows, ({ playerId }) => playerId);
}

async function findNames(tx: Queryable, worse: readonly Reassessed[]): Promise<Map<string, string>> {
  const { rows } = await tx.query<{ playerId: string; externalId: string }>(
    `select player_id as "playerId", external_id as "externalId" from players where player_id = any($1::uuid[])`,
    [uuids(worse.map(({ playerId }) => playerId))],
  );
  return new Map(rows.map(({ playerId, externalId }) => [playerId, externalId]));
}
