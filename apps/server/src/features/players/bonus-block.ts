import { audit } from '../../platform/audit.ts';
import type { Queryable } from '../../platform/db.ts';
import type { RequestContext } from '../../platform/http/context.ts';
import { auditedChange } from './audited.ts';
import { lock, setBonusBlock } from './store/index.ts';

/**
 * Keeps a player from bonuses for good; those already granted go on. In the caller's transaction, first of all.
 * @returns false when nobody knows the player; one who is blocked already stays so, and is not audited again.
 */
export async function blockBonuses(
  tx: Queryable,
  playerId: string,
  reason: string,
  by: { readonly caller: Pick<RequestContext['caller'], 'actor'>; readonly requestId: string },
): Promise<boolean> {
  const [before] = await lock(tx, [playerId]);
  if (!before || before.bonusBlocked) return before !== undefined;
  const after = await setBonusBlock(tx, playerId, true);
  if (!after) return false;
  await audit(tx, { ...auditedChange(by, before, after), action: 'player.bonus_blocked', reason });
  return true;
}
