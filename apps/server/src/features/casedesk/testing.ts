import type { Queryable } from '../../platform/db.ts';
import { playerId } from '../../platform/ids.ts';
import type { TestApp } from '../../testing/test-app.ts';
import { type NewCase, openCases } from '../cases/index.ts';

/** Opens a case in a test brand, about a player unless told otherwise. @returns its id. */
export async function openCase(
  app: { readonly db: TestApp['db']; readonly brand: Pick<TestApp['brand'], 'brandId'> },
  { player = 'anna', ...more }: Partial<NewCase> & { player?: string } = {},
): Promise<string> {
  const { brandId } = app.brand;
  const found: NewCase = {
    brandId,
    kind: 'player_reassessed',
    playerId: playerId(brandId, player),
    playerExternalId: player,
    score: 65,
    band: 'hold',
    evidence: { policy: 1, findings: [{ indicator: 'low_risk_play', version: 1, points: 65, evidence: {} }] },
    openedAt: new Date().toISOString(),
    ...more,
  };
  const opened = await app.db.transaction((tx: Queryable) => openCases(tx, [found]));
  const [first] = opened;
  if (!first) throw new Error('the case is open already');
  return first.caseId;
}
